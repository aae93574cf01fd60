import type { Metadata } from 'next';
import Link from 'next/link';
import type { WithSearchParams } from '@/app/search-params';
import { moment } from '@/components/admin/figures';
import { SearchForm } from '@/components/admin/search-form';
import { Tag } from '@/components/admin/tag';
import { ButtonLink } from '@/components/ui/button';
import { findPeople, listPeople, PEOPLE_A_PAGE, type PersonLine } from '@/lib/admin/people/list';
import { container } from '@/lib/container';
import { adminPage } from '@/lib/session/admin';
import { openSearch } from '@/lib/session/sealed-search';
import { searchPeopleAction } from './actions';

export const metadata: Metadata = { title: 'People' };

export default adminPage('/admin/users', async (_admin, { searchParams }: WithSearchParams) => {
  const { find, from } = await searchParams;
  const search = await openSearch(find);
  const { db } = container();
  const found =
    search === null
      ? await listPeople(db, typeof from === 'string' ? from : null)
      : { people: await findPeople(db, search), next: null };
  return (
    <>
      <h1 className="mb-5">People</h1>
      <SearchForm
        action={searchPeopleAction}
        label="Email address or number"
        hint="Whole, or how the address begins."
        value={search ?? ''}
      />
      {search !== null && (
        <p className="mb-4 text-sm text-muted" role="status">
          {found.people.length === 0
            ? 'Nobody has that address or number, and no address begins so.'
            : `${found.people.length}${found.people.length === PEOPLE_A_PAGE ? ' or more' : ''} found. `}
          <Link href="/admin/users" prefetch={false} className="text-brass underline underline-offset-4">
            Show everybody
          </Link>
        </p>
      )}
      {found.people.length > 0 && <People people={found.people} />}
      {search === null && found.people.length === 0 && <p className="text-muted">Nobody is here, or no further.</p>}
      {found.next && (
        <div className="mt-4 max-w-60">
          <ButtonLink look="ghost" href={`/admin/users?from=${found.next}`}>
            Older ones
          </ButtonLink>
        </div>
      )}
    </>
  );
});

function People({ people }: { people: readonly PersonLine[] }) {
  return (
    <ul className="divide-y divide-line rounded-panel border border-line bg-surface">
      {people.map(({ id, email, name, phone, role, disabledAt, createdAt }) => (
        <li key={id}>
          <Link
            href={`/admin/users/${id}`}
            prefetch={false}
            className="flex min-h-13 flex-wrap items-center gap-x-4 gap-y-1 px-4.5 py-2.5 hover:bg-raised"
          >
            <span className="min-w-0 flex-1 basis-56">
              <span className="block break-all font-medium">{email}</span>
              <span className="block break-words text-[0.8125rem] text-muted">{name}</span>
            </span>
            <span className="text-[0.8125rem] text-muted tabular-nums">{phone ?? 'no number'}</span>
            {role === 'admin' && <Tag tone="quiet">admin</Tag>}
            {disabledAt && <Tag tone="bad">disabled</Tag>}
            <time className="text-[0.8125rem] text-faint tabular-nums" dateTime={createdAt.toISOString()}>
              {moment(createdAt).slice(0, 10)}
            </time>
          </Link>
        </li>
      ))}
    </ul>
  );
}
