import type { Database } from '@/lib/db/client';
import { type Tallied, uncountedTotals } from './tally';

export type Total = Pick<Tallied, 'what' | 'channel' | 'count'>;

/**
 * Everything that was ever counted, for counters that only rise (OBS-1). Read at one moment: an hour that is being
 * counted meanwhile is in it once.
 */
export async function totals(db: Database, now: Date): Promise<Total[]> {
  return db.$transaction(
    async (tx) => {
      const counted = await tx.$queryRaw<Total[]>`
        SELECT what, channel, sum(count)::float8 AS count FROM "TallyTotal" GROUP BY 1, 2`;
      const sums = new Map<string, Total>();
      for (const { what, channel, count } of [...counted, ...(await uncountedTotals(tx, now))]) {
        const key = `${what} ${channel}`;
        sums.set(key, { what, channel, count: (sums.get(key)?.count ?? 0) + count });
      }
      return [...sums.values()];
    },
    { isolationLevel: 'RepeatableRead' },
  );
}
