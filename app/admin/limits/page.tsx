import type { Metadata } from 'next';
import type { WithSearchParams } from '@/app/search-params';
import { Panel } from '@/components/admin/panel';
import { SearchForm } from '@/components/admin/search-form';
import { TextLink } from '@/components/ui/button';
import { Notice } from '@/components/ui/notice';
import { blockedNow, blockedOf, MOST_BLOCKED } from '@/lib/admin/limits/blocked-now';
import { seekBlocked } from '@/lib/admin/limits/blocked-search';
import { limitsNow } from '@/lib/admin/limits/set-limit';
import { crowdNow } from '@/lib/admin/limits/site-wide';
import { smsPlaces } from '@/lib/admin/limits/sms-accounts';
import { container } from '@/lib/container';
import { adminPage } from '@/lib/session/admin';
import { openSearch } from '@/lib/session/sealed-search';
import { searchBlockedAction } from './actions';
import { Blocked } from './blocked';
import { CrowdState } from './crowd';
import { limitsNote } from './notes';
import { Numbers } from './numbers';
import { Sms } from './sms';

export const metadata: Metadata = { title: 'Limits' };

export default adminPage('/admin/limits', async (_admin, { searchParams }: WithSearchParams) => {
  const { find, note: word } = await searchParams;
  const { db, keyring, clock, transports, smsCost } = container();
  const now = clock.now();
  const search = await openSearch(find);
  const sought = search === null ? null : await seekBlocked({ db, keyring }, search);
  const [rows, crowd, limits, places] = await Promise.all([
    sought === null ? blockedNow(db, now) : sought.status === 'unreadable' ? [] : blockedOf(db, sought.keys, now),
    crowdNow(db, now),
    limitsNow(db),
    transports.sms ? smsPlaces(db, smsCost) : null,
  ]);
  const note = limitsNote(sought?.status === 'unreadable' ? 'unreadable' : word);
  return (
    <>
      <h1 className="mb-5">Limits</h1>
      {note && <Notice tone={note[0]}>{note[1]}</Notice>}
      <div className="grid gap-3.5 xl:grid-cols-[3fr_2fr]">
        <Panel title="Blocked now">
          <SearchForm
            action={searchBlockedAction}
            label="Network, email address or number"
            hint="Such as 203.0.113.9. Addresses are kept as keyed hashes only, so type one to find its rows."
            value={search ?? ''}
          />
          {search !== null && (
            <p className="mb-3 text-sm text-muted" role="status">
              {rows.length === 0 ? 'Nothing blocks it. ' : 'What blocks it: '}
              <TextLink href="/admin/limits">Show everybody</TextLink>
            </p>
          )}
          {rows.length > 0 ? (
            <Blocked rows={rows} />
          ) : (
            search === null && <p className="text-sm text-muted">Nobody is refused, waits or is guessed at.</p>
          )}
          {search === null && rows.length >= MOST_BLOCKED && (
            <p className="mt-3 text-[0.8125rem] text-muted">{`At most ${MOST_BLOCKED} of each kind are listed.`}</p>
          )}
        </Panel>
        <Panel title="Everybody together">
          <CrowdState crowd={crowd} />
        </Panel>
      </div>
      {places && (
        <section id="sms" className="mt-3.5 scroll-mt-4">
          <Panel title="SMS: what they cost, and the switch">
            <Sms places={places} />
          </Panel>
        </section>
      )}
      <section id="numbers" className="mt-3.5 scroll-mt-4">
        <Panel title="The numbers">
          <Numbers limits={limits} />
          <p className="mt-3 text-[0.8125rem] text-muted">
            A change holds at once. How often one address may be guessed at before its codes grow is not here: nobody
            may lower that.
          </p>
        </Panel>
      </section>
    </>
  );
});
