import { Time } from '@/components/admin/time';
import { SubmitButton, TextLink } from '@/components/ui/button';
import type { BlockedRow } from '@/lib/admin/limits/blocked-now';
import { unblockAction } from './actions';
import { blockedWhose, blockedWords } from './words';

function Whose({ of }: { of: string }) {
  const whose = blockedWhose(of);
  if ('account' in whose) return <TextLink href={`/admin/users/${whose.account}`}>a person</TextLink>;
  return (
    <>
      {whose.what} <span className="font-mono text-faint">{whose.hash}</span>
    </>
  );
}

/** What refuses somebody at this moment, or makes their codes longer, with the way to end it. */
export function Blocked({ rows }: { rows: readonly BlockedRow[] }) {
  return (
    <ul className="text-sm" aria-label="What is blocked now">
      {rows.map((row) => (
        <li
          key={`${row.why} ${row.key}`}
          className="flex items-center justify-between gap-x-4 border-line border-t py-1.5 first:border-t-0"
        >
          <div className="min-w-0">
            <p>{blockedWords(row)}</p>
            <p className="text-[0.8125rem] text-muted">
              <Whose of={row.key} />
              {' · until '}
              {row.until ? (
                <>
                  <Time at={row.until} /> UTC
                </>
              ) : (
                'a right code'
              )}
            </p>
          </div>
          <form action={unblockAction} className="flex-none">
            <input type="hidden" name="key" value={row.key} />
            <SubmitButton look="text" pending="…">
              Unblock
            </SubmitButton>
          </form>
        </li>
      ))}
    </ul>
  );
}
