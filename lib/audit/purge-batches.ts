import { days, plus } from '@/lib/clock';
import type { Database } from '@/lib/db/client';

/** How long events are kept: most who ask what happened to an account do so within half a year (AUD-3). */
export const AUDIT_KEPT_DAYS = 180;

/**
 * Removes sealed events by whole batches, the oldest first, a portion at a time, in one statement. A batch is marked in one
 * round and emptied in the next, so that one that is half gone passes for no theft; the last of them stays without its
 * events, as what the next is chained to.
 * @param portion rows that one statement removes
 * @returns how many events it removed; a batch that was marked counts as a whole portion, since its events come next
 */
export async function purgeBatches(db: Database, portion: number, now: Date): Promise<number> {
  const [row] = await db.$queryRaw<{ removed: number; marked: boolean }[]>`
    WITH marked AS (
      UPDATE "AuditBatch" SET "purgedAt" = ${now}, ids = '', hashes = ''
      WHERE number = (SELECT min(number) FROM "AuditBatch" WHERE "purgedAt" IS NULL)
        AND "purgedAt" IS NULL AND "sealedAt" < ${plus(now, -days(AUDIT_KEPT_DAYS))}
      RETURNING number
    ), removed AS (
      DELETE FROM "AuditEvent" WHERE id IN (
        SELECT e.id FROM "AuditBatch" b JOIN "AuditEvent" e ON e.batch = b.number WHERE b."purgedAt" IS NOT NULL
        LIMIT ${portion} FOR UPDATE OF e SKIP LOCKED)
      RETURNING id
    ), dropped AS (
      DELETE FROM "AuditBatch" b WHERE "purgedAt" IS NOT NULL
        AND number < (SELECT max(number) FROM "AuditBatch" WHERE "purgedAt" IS NOT NULL)
        AND NOT EXISTS (SELECT FROM "AuditEvent" e WHERE e.batch = b.number)
    )
    SELECT (SELECT count(*) FROM removed)::int AS removed, EXISTS (SELECT FROM marked) AS marked`;
  return row?.marked ? Math.max(portion, row.removed) : (row?.removed ?? 0);
}
