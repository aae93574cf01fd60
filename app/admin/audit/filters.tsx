import { Choice, filterLook, Kept, Labelled } from '@/components/admin/filter-fields';
import { SubmitButton, TextLink } from '@/components/ui/button';
import { type AuditFilter, auditParams } from '@/lib/admin/audit/filter';
import { pageSizes } from '@/lib/admin/list/query';
import { type AuditType, auditTypes } from '@/lib/audit/audit';
import { type AuditGroup, auditGroups, auditWords } from '@/lib/audit/words';
import { searchAuditAction } from './actions';

const byWords = (a: AuditType, b: AuditType): number => auditWords[a].localeCompare(auditWords[b]);
const kinds = [
  ...(Object.keys(auditGroups) as AuditGroup[]).map((group) => [group, `All of: ${auditGroups[group].name}`] as const),
  ...[...auditTypes].sort(byWords).map((type) => [type, auditWords[type]] as const),
];

/** Two forms that work without scripts: a person is posted, everything else stands in the address of the page. */
export function Filters({ filter, size }: { filter: AuditFilter; size: number }) {
  const { subject, actor, trail, ...others } = auditParams(filter);
  const whose = { ...(subject ? { subject } : {}), ...(actor ? { actor } : {}), ...(trail ? { trail } : {}) };
  return (
    <div className="grid gap-4 rounded-panel border border-line bg-surface p-4.5">
      <form action={searchAuditAction} className="grid items-end gap-3 sm:grid-cols-[1fr_auto_auto]">
        <Kept params={{ ...others, size: String(size) }} />
        <Labelled id="search" label="Email address or number of a person">
          <input
            id="search"
            name="search"
            required
            maxLength={320}
            autoComplete="off"
            autoCapitalize="none"
            spellCheck={false}
            className={filterLook}
          />
        </Labelled>
        <Choice
          name="as"
          label="Show"
          all={null}
          of={[
            ['subject', 'what happened to them'],
            ['actor', 'what they did'],
          ]}
          chosen={actor ? 'actor' : 'subject'}
        />
        <SubmitButton pending="Searching…">Search</SubmitButton>
      </form>
      {Object.keys(whose).length > 0 && (
        <p className="text-sm">
          {trail
            ? 'Only what belongs to one reset. '
            : `Only what ${actor ? 'one person did' : 'happened to one person'}. `}
          <TextLink href={`/admin/audit?${new URLSearchParams({ ...others, size: String(size) })}`}>
            Show everything
          </TextLink>
        </p>
      )}
      <form
        method="get"
        action="/admin/audit"
        className="grid items-end gap-3 sm:grid-cols-2 xl:grid-cols-[1.3fr_1.3fr_1.3fr_0.6fr_0.7fr]"
      >
        <Kept params={whose} />
        <Choice name="what" label="What" all="anything" of={kinds} chosen={filter.what} />
        <Labelled id="from" label="From (UTC)">
          <input id="from" name="from" type="datetime-local" defaultValue={others.from} className={filterLook} />
        </Labelled>
        <Labelled id="to" label="Until (UTC)">
          <input id="to" name="to" type="datetime-local" defaultValue={others.to} className={filterLook} />
        </Labelled>
        <Choice
          name="size"
          label="On a page"
          all={null}
          of={pageSizes.map((one) => [String(one), String(one)])}
          chosen={String(size)}
        />
        <SubmitButton look="ghost" pending="Filtering…">
          Filter
        </SubmitButton>
      </form>
    </div>
  );
}
