import type { Database } from '@/lib/db/client';

/** What has been due for this long says that nothing sends. */
const LONG = '5 minutes';

/**
 * Whether the outbox has stopped (OBS-3), on the database's clock: a row has been due for five minutes and nobody has
 * claimed it, be it new, to be tried again, or left by a sender whose lease ended.
 */
export async function outboxIsStuck(db: Database): Promise<boolean> {
  const [row] = await db.$queryRaw<{ stuck: boolean }[]>`
    SELECT EXISTS (
      SELECT 1 FROM "Delivery"
      WHERE status IN ('queued', 'sending') AND "nextAttemptAt" < now() - ${LONG}::interval
    ) AS stuck`;
  return row?.stuck ?? false;
}
