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
  /** @returns until when one of these keys is refused, or null */
  until(keys: readonly string[], now: Date): Date | null;
  remember(key: string, until: Date, now: Date): void;
  readonly size: number;
};

export function createBlocked(): Blocked {
  const known = new Map<string, { until: Date; believedUntil: Date }>();
  return {
    until(keys, now) {
      for (const key of keys) {
        const entry = known.get(key);
        if (entry && entry.believedUntil > now && entry.until > now) return entry.until;
        if (entry) known.delete(key);
      }
      return null;
    },
    remember(key, until, now) {
      const [oldest] = known.keys();
      if (known.size >= CAPACITY && oldest !== undefined) known.delete(oldest);
      known.set(key, { until, believedUntil: plus(now, BELIEVED_MS) });
    },
    get size() {
      return known.size;
    },
  };
}
