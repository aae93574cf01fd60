/**
 * Counts what a client asks within one minute, in this process alone: with several instances a client has as much from
 * each. It guards a cheap read and nothing else, so no statement is spent on it (RL-1 is for what costs or guesses).
 * Its size is fixed: where it is full, the oldest client is forgotten.
 */
export type WindowLimit = {
  /**
   * Counts one request for every key. A refused one counts too.
   * @returns 0 where all of them have room, else ms until the fullest one has
   */
  spend(keys: readonly string[], now: Date): number;
  readonly size: number;
};

/** @param most requests in a window @param windowMs its length @param capacity keys remembered at most */
export function createWindowLimit(most: number, windowMs: number, capacity: number): WindowLimit {
  // In the order of their windows' starts, because a new window is put at the end.
  const windows = new Map<string, { since: number; count: number }>();

  function count(key: string, now: number): number {
    const open = windows.get(key);
    if (open && now >= open.since && now - open.since < windowMs) {
      open.count += 1;
      return open.count > most ? open.since + windowMs - now : 0;
    }
    windows.delete(key);
    const [oldest] = windows.keys();
    if (windows.size >= capacity && oldest !== undefined) windows.delete(oldest);
    windows.set(key, { since: now, count: 1 });
    return 0;
  }

  return {
    spend: (keys, now) => Math.max(0, ...keys.map((key) => count(key, now.getTime()))),
    get size() {
      return windows.size;
    },
  };
}
