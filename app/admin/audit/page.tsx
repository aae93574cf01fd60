import type { Metadata } from 'next';
import type { WithSearchParams } from '@/app/search-params';
import { moment, whole } from '@/components/admin/figures';
import { PageWays, waysOf } from '@/components/admin/page-ways';
import { Notice } from '@/components/ui/notice';
import { auditParams, readAuditQuery } from '@/lib/admin/audit/filter';
import { listAudit, MOST_WAITING, type Sealed, sealedSoFar } from '@/lib/admin/audit/log';
import { cursorText } from '@/lib/admin/list/query';
import { container } from '@/lib/container';
import { adminPage } from '@/lib/session/admin';
import { Filters } from './filters';
import { Table } from './table';

export const metadata: Metadata = { title: 'Audit' };

const searches: Readonly<Record<string, string>> = {
  nobody: 'Nobody has that address or number.',
  several: 'Several people’s addresses begin so. Type the whole one.',
};

export default adminPage('/admin/audit', async (_admin, { searchParams }: WithSearchParams) => {
  const params = await searchParams;
  const query = readAuditQuery(params);
  const { filter, place, size } = query;
  const { db } = container();
  const [page, sealed] = await Promise.all([listAudit(db, query), sealedSoFar(db)]);
  const search = typeof params.search === 'string' && Object.hasOwn(searches, params.search) ? params.search : null;
  const problems = [...(search ? [searches[search]] : []), ...query.problems];
  const to = (way: Record<string, string>) =>
    `/admin/audit?${new URLSearchParams({ ...auditParams(filter), size: String(size), ...way })}`;
  const places = { older: page.older && cursorText(page.older), newer: page.newer && cursorText(page.newer) };
  return (
    <>
      <header className="mb-5 flex flex-wrap items-center justify-between gap-x-5 gap-y-2">
        <h1>Audit</h1>
        <a
          href={`/admin/audit/export?${new URLSearchParams(auditParams(filter))}`}
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
      <Filters filter={filter} size={size} />
      <div className="mt-3.5 rounded-panel border border-line bg-surface p-2">
        {page.rows.length === 0 ? (
          <p className="p-2.5 text-sm text-muted">Nothing happened that this search and these filters would show.</p>
        ) : (
          <Table rows={page.rows} />
        )}
      </div>
      <PageWays {...waysOf(place.at, places, to)} />
      <Seals sealed={sealed} />
    </>
  );
});

function Seals({ sealed }: { sealed: Sealed }) {
  const many = sealed.waiting >= MOST_WAITING ? `${whole(MOST_WAITING)} or more` : whole(sealed.waiting);
  return (
    <p className="mt-3.5 text-[0.8125rem] text-muted">
      {sealed.batch === null
        ? `Nothing is sealed yet; ${many} events wait. A batch is sealed every few minutes. `
        : `Sealed in ${whole(sealed.batch)} batches, the last at ${moment(sealed.sealedAt)} UTC; ${many} newer events wait for the next. `}
      Whether anything sealed was changed or removed since, <code className="font-mono">npm run audit:verify</code>{' '}
      finds out on the server. Events are kept for 180 days.
    </p>
  );
}
