import type { Database } from '@/lib/db/client';
import { deliveryChannels } from './filter';

/** Past it nobody counts on: an attack leaves millions. */
export const MOST_DECOYS = 10_000;

export type DecoySpan = { channel: (typeof deliveryChannels)[number] | null; from: Date | null; to: Date | null };

/**
 * How many requests of a span were for addresses that nobody has, or past a limit: they look like deliveries to whoever
 * asked, and are none (ENU-2). An index of their own holds those whose challenge lives; of the others there is an hourly
 * count (lib/upkeep/purge-decoys.ts), and an hour belongs to a span that it touches.
 * @param span ends included; null: without an end
 * @returns at most MOST_DECOYS + 1, which means "more"
 */
export async function countDecoys(db: Database, { channel, from, to }: DecoySpan): Promise<number> {
  const [row] = await db.$queryRaw<{ count: number }[]>`
    WITH span AS (
      SELECT ${channel ? [channel] : deliveryChannels}::"Channel"[] AS channels, COALESCE(${from}, '-infinity'::timestamptz) AS since,
        COALESCE(${to}, 'infinity'::timestamptz) AS until
    )
    SELECT LEAST(${MOST_DECOYS + 1}, (SELECT count(*) FROM (
      SELECT FROM "Delivery", span WHERE "userId" IS NULL AND channel = ANY(channels)
        AND "queuedAt" >= since AND "queuedAt" <= until
      LIMIT ${MOST_DECOYS + 1}) decoys)
      + (SELECT COALESCE(sum(count), 0) FROM "DecoyHour", span
        WHERE channel = ANY(channels) AND hour >= date_trunc('hour', since, 'UTC') AND hour <= until))::int AS count`;
  return row?.count ?? 0;
}
