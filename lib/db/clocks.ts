import type { Clock } from '@/lib/clock';
import type { Database } from './client';

/** How a database's clock stands to the app's, and whether times survive the way there and back. All in ms. */
export type Clocks = {
  /** How far the database's clock is ahead of the app's; negative where it is behind. */
  aheadMs: number;
  /** How far a time is off that was written, and one that was read. */
  writtenOffMs: number;
  readOffMs: number;
};

/** Compares the clocks in one statement (TIM-1). How long the answer takes is not held against either. */
export async function compareClocks({ db, clock }: { db: Database; clock: Clock }): Promise<Clocks> {
  const asked = clock.now();
  const [row] = await db.$queryRaw<{ read: Date; nowMs: number; writtenMs: number }[]>`
    SELECT now() AS read, floor(EXTRACT(EPOCH FROM now()) * 1000)::float8 AS "nowMs",
      (EXTRACT(EPOCH FROM ${asked}::timestamptz) * 1000)::float8 AS "writtenMs"`;
  const answered = clock.now();
  if (!row) throw new Error('the database did not say what time it is');
  const within = Math.min(Math.max(row.nowMs, asked.getTime()), Math.max(asked.getTime(), answered.getTime()));
  return {
    aheadMs: row.nowMs - within,
    writtenOffMs: row.writtenMs - asked.getTime(),
    readOffMs: new Date(row.read).getTime() - row.nowMs,
  };
}
