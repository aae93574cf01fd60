import { watchAlerts } from '@/lib/alerts/watch';
import { sealEvents } from '@/lib/audit/seal';
import { minutes, systemClock } from '@/lib/clock';
import type { DispatchDeps } from '@/lib/dispatch/dispatcher';
import { transportsOf } from '@/lib/dispatch/lanes';
import { watchQuotas } from '@/lib/dispatch/quota';
import { describeError, log } from '@/lib/log';
import { tallyHours } from '@/lib/metrics/tally';
import { setCrowdMark } from '@/lib/otp/guesses';
import { watchConversion } from '@/lib/sms-budget/conversion';
import { purge } from './purge';
import { createClockWatch } from './watch-clocks';

/** ms between two rounds of one process. */
const EVERY_MS = minutes(1);

/**
 * What the sweep does beside sending, at most once a minute: clocks, quotas, the crowd's mark, the conversion of SMS,
 * alerts, tallies, the audit's seals and the purge. Never throws.
 */
export function createUpkeep(deps: DispatchDeps): () => Promise<void> {
  const watchClocks = createClockWatch();
  // Not by the time of day: a clock that is set back must not stop it.
  let next = Number.NEGATIVE_INFINITY;
  return async () => {
    if (performance.now() < next) return;
    next = performance.now() + EVERY_MS;
    try {
      await watchClocks({ db: deps.db, clock: systemClock });
      await deps.db.$executeRaw(setCrowdMark(deps.clock.now()));
      const quotas = await watchQuotas(deps.db, transportsOf(deps.transports), deps.clock.now());
      if (deps.transports.sms) await watchConversion(deps.db, deps.clock.now());
      await watchAlerts(deps, { quotas, smsCost: deps.smsCost });
      await tallyHours(deps.db, deps.clock.now());
      const sealMore = await sealEvents(deps);
      const purgeMore = await purge(deps.db, deps.clock.now());
      // More than a batch waits: the next look at the queue takes another.
      if (sealMore || purgeMore) next = Number.NEGATIVE_INFINITY;
    } catch (error) {
      log.error(describeError(error), 'upkeep failed');
    }
  };
}
