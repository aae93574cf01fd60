import { days, plus } from '@/lib/clock';
import type { Database } from '@/lib/db/client';

/** How long their hourly count is kept: as long as the deliveries beside which it is shown. */
const KEPT_DAYS = 30;

/**
 * Removes deliveries of decoys whose challenge has expired: until then they look like any other, later nobody asks for
 * them, and strangers set how many there are. An hourly count stays for the admin's page. The challenge itself stays as
 * long as a real one, because the length of codes is counted from it (VER-3).
 * @param most rows of one batch @param now on the app's clock (TIM-1)
 * @returns how many were removed
 */
export async function purgeDecoys(db: Database, most: number, now: Date): Promise<number> {
  const [row] = await db.$queryRaw<{ removed: number }[]>`
    WITH gone AS (
      DELETE FROM "Delivery" WHERE id IN (
        SELECT d.id FROM "Delivery" d JOIN "Challenge" c ON c.id = d."challengeId"
        WHERE d."userId" IS NULL AND d.status NOT IN ('queued', 'sending')
          AND c."expiresAt" < ${now}
        ORDER BY d.channel, d."queuedAt" LIMIT ${most} FOR UPDATE OF d SKIP LOCKED)
      RETURNING "queuedAt", channel
    ), counted AS (
      INSERT INTO "DecoyHour" AS h (hour, channel, count)
      SELECT date_trunc('hour', "queuedAt", 'UTC'), channel, count(*) FROM gone GROUP BY 1, 2 ORDER BY 1, 2
      ON CONFLICT (hour, channel) DO UPDATE SET count = h.count + EXCLUDED.count
    ), forgotten AS (
      DELETE FROM "DecoyHour" WHERE hour < ${plus(now, -days(KEPT_DAYS))}
    )
    SELECT count(*)::int AS removed FROM gone`;
  return row?.removed ?? 0;
}
