import type { Database } from '@/lib/db/client';

/** What nobody has sent for this long says that nothing sends. */
const LONG = '5 minutes';

/**
 * Whether the outbox has stopped (OBS-3), on the database's clock: a row has waited for five minutes, or the lease of
 * whoever was sending it ended five minutes ago and nobody has claimed it since.
 */
export async function outboxIsStuck(db: Database): Promise<boolean> {
  const [row] = await db.$queryRaw<{ stuck: boolean }[]>`
    SELECT EXISTS (
      SELECT 1 FROM "Delivery"
      WHERE status IN ('queued', 'sending') AND "queuedAt" < now() - ${LONG}::interval
        AND (status = 'queued' OR "leaseUntil" < now() - ${LONG}::interval)
    ) AS stuck`;
  return row?.stuck ?? false;
}
