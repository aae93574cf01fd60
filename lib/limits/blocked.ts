import type { Caller } from '@/lib/caller';
import { plus, seconds } from '@/lib/clock';

/** How long a refusal is believed without asking again, ms: an admin's unblocking is felt that soon. */
const BELIEVED_MS = seconds(5);
/** Keys remembered at most: a flood from many addresses costs no more memory than this. */
const CAPACITY = 10_000;

/**
 * What this process knows to be refused, so that a flood from one address costs the database nothing. It only ever
 * repeats, for five seconds at most, what the database has said (RL-1).
 */
export type Blocked = {
  /** @returns until when one of these keys is refused to this browser, or null */
  until(keys: readonly string[], caller: Caller, now: Date): Date | null;
  remember(keys: readonly string[], caller: Caller, until: Date, now: Date): void;
  readonly size: number;
};

/**
 * A browser that names devices may be known to the account that it asks for next, so that what strangers of its network
 * are refused does not concern it; what it was refused itself does. Its cookie is sealed: nobody makes up another.
 */
const nameOf = (key: string, { devices }: Caller): string =>
  devices.length === 0 ? key : `${key} ${[...devices].sort().join(' ')}`;

export function createBlocked(): Blocked {
  const known = new Map<string, { until: Date; believedUntil: Date }>();
  return {
    until(keys, caller, now) {
      for (const one of keys) {
        const key = nameOf(one, caller);
        const entry = known.get(key);
        if (entry && entry.believedUntil > now && entry.until > now) return entry.until;
        if (entry) known.delete(key);
      }
      return null;
    },
    remember(keys, caller, until, now) {
      for (const one of keys) {
        const [oldest] = known.keys();
        if (known.size >= CAPACITY && oldest !== undefined) known.delete(oldest);
        known.set(nameOf(one, caller), { until, believedUntil: plus(now, BELIEVED_MS) });
      }
    },
    get size() {
      return known.size;
    },
  };
}
