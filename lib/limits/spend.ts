import type { AuditType } from '@/lib/audit/audit';
import type { Caller } from '@/lib/caller';
import type { Database } from '@/lib/db/client';
import { countHits, type Wanted, wantedRows } from './count-hits';

/** An act that was counted; `keys` are its rows. */
export type Spent = { ok: true; keys: string[] } | { ok: false; until: Date };

/** Who acts, and the event that says so where there is no room. */
type Act = { type: AuditType; userId: string; caller: Caller };

/**
 * Counts an act of somebody who is known before it is done, in one statement (RL-1). What is refused is not counted,
 * and is written down once a period.
 * @param db a client, or the transaction of the act
 * @param rows the limits that it has to pass
 */
export async function spend(
  db: Pick<Database, '$queryRaw'>,
  rows: readonly Wanted[],
  { type, userId, caller }: Act,
  now: Date,
): Promise<Spent> {
  const counted = await db.$queryRaw<{ until: Date | null }[]>`
    WITH counted AS (${countHits(wantedRows(rows), now)}), refused AS (
      INSERT INTO "AuditEvent" (at, type, "actorId", "subjectId", source)
      SELECT ${now}, ${type}, ${userId}::uuid, ${userId}::uuid, ${caller.address}
      WHERE EXISTS (SELECT FROM counted WHERE told)
    ) SELECT until FROM counted`;
  const until = counted.flatMap((row) => (row.until ? [row.until] : [])).sort((a, b) => +b - +a)[0];
  return until ? { ok: false, until } : { ok: true, keys: rows.map(({ key }) => key) };
}
