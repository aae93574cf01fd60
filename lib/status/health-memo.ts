import { type Clock, seconds } from '@/lib/clock';
import type { Database } from '@/lib/db/client';
import type { Keyring } from '@/lib/keys/keyring';
import { describeError, log } from '@/lib/log';
import { within } from '@/lib/within';
import { channelHealth, type Health, nothingKnown } from './channel-health';

/** For so long an answer is good; it is asked for anew by the first one afterwards. */
const FRESH_MS = seconds(15);
/** An older one is said while the new one is on its way, up to this age. */
const STALE_MS = seconds(60);
/** Nobody waits longer for it. */
const PATIENCE_MS = seconds(2);
/** What is not answered by then is asked anew (TIM-2). */
const GIVE_UP_MS = seconds(20);

type Deps = { db: Database; keyring: Keyring; clock: Clock };

export type HealthMemo = { current(deps: Deps): Promise<Health> };

/**
 * Remembers the channels' health, so that any number of browsers cost one query in 15 s, and one at a time. It never
 * throws: an error or a silence is "unknown", for everybody alike (ENU-1).
 */
export function createHealthMemo(): HealthMemo {
  let known = { health: nothingKnown, at: Number.NEGATIVE_INFINITY };
  let asking: Promise<void> | null = null;

  async function ask({ db, keyring }: Deps, now: Date): Promise<void> {
    const asked = within(GIVE_UP_MS, channelHealth(db, keyring, now)).catch((error: unknown) => {
      log.warn(describeError(error), 'the health of the channels is unknown');
      return nothingKnown;
    });
    known = { health: await within(PATIENCE_MS, asked).catch(() => nothingKnown), at: now.getTime() };
    // A database that answers late is not asked twice at once.
    void asked.finally(() => {
      asking = null;
    });
  }

  return {
    async current(deps) {
      const now = deps.clock.now();
      const age = now.getTime() - known.at;
      if (age >= 0 && age < FRESH_MS) return known.health;
      asking ??= ask(deps, now);
      if (age < 0 || age >= STALE_MS) await asking;
      return known.health;
    },
  };
}

// Routes and pages load modules separately: what they share hangs on globalThis.
const shared = globalThis as typeof globalThis & { latchkeyHealth?: HealthMemo };

/** The one memory of this process. */
export function healthMemo(): HealthMemo {
  shared.latchkeyHealth ??= createHealthMemo();
  return shared.latchkeyHealth;
}
