import { type Clock, hours, minutes } from '@/lib/clock';
import type { Database } from '@/lib/db/client';
import { compareClocks } from '@/lib/db/clocks';
import { log } from '@/lib/log';

const MOST_MS = minutes(1);
/** While the clocks stay apart it is said again so often. */
const AGAIN_MS = hours(1);

/**
 * Looks whether the database's clock and this machine's have come apart while running, and says so in the log: when it
 * begins, once an hour while it lasts, and when it is over (TIM-1). Everything goes on meanwhile: no statement compares
 * the two clocks.
 */
export function createClockWatch(): (deps: { db: Database; clock: Clock }) => Promise<void> {
  // By a clock that nobody sets.
  let toldAt: number | null = null;
  return async (deps) => {
    const { aheadMs } = await compareClocks(deps);
    const apart = Math.abs(aheadMs) > MOST_MS;
    if (apart && (toldAt === null || performance.now() - toldAt >= AGAIN_MS)) {
      log.warn(
        { alert: 'clock-skew', databaseAheadMs: aheadMs },
        'the clocks of this machine and of the database differ',
      );
      toldAt = performance.now();
    }
    if (!apart && toldAt !== null) {
      log.info('the clocks of this machine and of the database agree again');
      toldAt = null;
    }
  };
}
