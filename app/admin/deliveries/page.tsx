import type { Metadata } from 'next';
import type { WithSearchParams } from '@/app/search-params';
import { moment, whole } from '@/components/admin/figures';
import { PageWays, waysOf } from '@/components/admin/page-ways';
import { Notice } from '@/components/ui/notice';
import { countDecoys, MOST_DECOYS } from '@/lib/admin/deliveries/decoy-count';
import { type DeliveryQuery, filterParams, readDeliveryQuery } from '@/lib/admin/deliveries/filter';
import { type DeliveryPage, listDeliveries } from '@/lib/admin/deliveries/list';
import { cursorText } from '@/lib/admin/list/query';
import { container } from '@/lib/container';
import { adminPage } from '@/lib/session/admin';
import { Filters } from './filters';
import { Table } from './table';

export const metadata: Metadata = { title: 'Deliveries' };

const unreadable = 'That is no email address and no number with its country, such as +12025550123.';

export default adminPage('/admin/deliveries', async (_admin, { searchParams }: WithSearchParams) => {
  const params = await searchParams;
  const query = readDeliveryQuery(params);
  const page = await listDeliveries(container().db, query);
  const problems = [...(params.search === 'unreadable' ? [unreadable] : []), ...query.problems];
  const filtered = new URLSearchParams(filterParams(query.filter));
  return (
    <>
      <header className="mb-5 flex flex-wrap items-center justify-between gap-x-5 gap-y-2">
        <h1>Deliveries</h1>
        <a
          href={`/admin/deliveries/export?${filtered}`}
          className="flex min-h-11 items-center rounded-field border border-line-strong px-4 text-sm font-medium"
        >
          Export as CSV
        </a>
      </header>
      {problems.length > 0 ? (
        <Notice tone="bad">
          {problems.map((problem) => (
            <p key={problem}>{problem}</p>
          ))}
        </Notice>
      ) : null}
      <Filters filter={query.filter} size={query.size} />
      <div className="mt-3.5 rounded-panel border border-line bg-surface p-2">
        {page.rows.length === 0 ? (
          <p className="p-2.5 text-sm text-muted">Nothing was sent that this search and these filters would show.</p>
        ) : (
          <Table rows={page.rows} />
        )}
      </div>
      <Ways page={page} query={query} />
      {query.filter.who ? null : <Decoys page={page} query={query} />}
    </>
  );
});

function Ways({
  page: { older, newer },
  query: { filter, place, size },
}: {
  page: DeliveryPage;
  query: DeliveryQuery;
}) {
  const to = (way: Record<string, string>) =>
    `/admin/deliveries?${new URLSearchParams({ ...filterParams(filter), size: String(size), ...way })}`;
  const places = { older: older && cursorText(older), newer: newer && cursorText(newer) };
  return <PageWays {...waysOf(place.at, places, to)} />;
}

/** Decoys are no deliveries; that there were some says that somebody tries addresses. */
async function Decoys({
  page: { rows, older, newer },
  query: { filter },
}: {
  page: DeliveryPage;
  query: DeliveryQuery;
}) {
  const from = (older && rows.at(-1)?.queuedAt) ?? filter.from;
  const to = (newer && rows[0]?.queuedAt) ?? filter.to;
  const count = await countDecoys(container().db, { channel: filter.channel, from, to });
  const span = [from ? `from ${moment(from)}` : 'from the beginning', to ? `until ${moment(to)}` : 'until now'].join(
    ' ',
  );
  const many = count > MOST_DECOYS ? `more than ${whole(MOST_DECOYS)}` : whole(count);
  const requests = count === 1 ? '1 request was' : `${many} requests were`;
  return (
    <p className="mt-3.5 text-[0.8125rem] text-muted">
      {`Besides, ${span} (UTC), ${requests} for addresses that nobody has, or past a limit: nothing was sent for them.`}
    </p>
  );
}
