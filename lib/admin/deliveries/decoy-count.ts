import type { Database } from '@/lib/db/client';
import { deliveryChannels } from './filter';

/** Past it nobody counts on: an attack leaves millions. */
export const MOST_DECOYS = 10_000;

export type DecoySpan = { channel: (typeof deliveryChannels)[number] | null; from: Date | null; to: Date | null };

/**
 * How many requests of a span were for addresses that nobody has, or past a limit: they look like deliveries to whoever
 * asked, and are none (ENU-2). An index of their own holds them.
 * @param span ends included; null: without an end
 * @returns at most MOST_DECOYS + 1, which means "more"
 */
export async function countDecoys(db: Database, { channel, from, to }: DecoySpan): Promise<number> {
  const [row] = await db.$queryRaw<{ count: number }[]>`
    SELECT count(*)::int AS count FROM (
      SELECT FROM "Delivery" WHERE "userId" IS NULL AND channel = ANY(${channel ? [channel] : deliveryChannels}::"Channel"[])
        AND "queuedAt" >= COALESCE(${from}, '-infinity'::timestamptz)
        AND "queuedAt" <= COALESCE(${to}, 'infinity'::timestamptz)
      LIMIT ${MOST_DECOYS + 1}) decoys`;
  return row?.count ?? 0;
}
