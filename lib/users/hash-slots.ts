import { availableParallelism } from 'node:os';

/** Work that waits for a processor, in all and for one client: argon2 takes tens of ms and 19 MB each (LOG-1). */
const WAITING = 64;
const WAITING_EACH = 8;
/** Nobody waits longer for a place, ms (TIM-2). */
const PATIENCE_MS = 10_000;
/** Pieces of work under one key that are under way at once: a click, its repeat, and another tab's. */
const FEW = 3;

/** Runs costly work, a few at a time; `busy` where too much waits already. */
export type Slots = {
  run<T>(client: string, work: () => Promise<T>): Promise<T | 'busy'>;
  /** For work that costs more than a processor, such as a question to another service: few at once under one key. */
  few<T>(key: string, work: () => Promise<T>): Promise<T | 'busy'>;
};

/**
 * A bounded queue: a flood of sign-ins takes neither the memory nor, with so many places for each client, the turn of
 * everybody else.
 */
export function createSlots(parallel = Math.max(2, availableParallelism())): Slots {
  const waiting: { client: string; go: () => void }[] = [];
  const underWay = new Map<string, number>();
  let running = 0;

  /** @returns whether a place came in time */
  const place = (client: string): Promise<boolean> =>
    new Promise((resolve) => {
      const timer = setTimeout(() => {
        waiting.splice(waiting.indexOf(one), 1);
        resolve(false);
      }, PATIENCE_MS);
      const one = {
        client,
        go: () => {
          clearTimeout(timer);
          resolve(true);
        },
      };
      waiting.push(one);
    });

  return {
    async run(client, work) {
      if (running >= parallel) {
        const mine = waiting.filter((one) => one.client === client).length;
        if (waiting.length >= WAITING || mine >= WAITING_EACH) return 'busy';
        if (!(await place(client))) return 'busy';
      } else running += 1;
      try {
        return await work();
      } finally {
        // The place is handed on, or free.
        const next = waiting.shift();
        if (next) next.go();
        else running -= 1;
      }
    },
    async few(key, work) {
      const now = underWay.get(key) ?? 0;
      if (now >= FEW) return 'busy';
      underWay.set(key, now + 1);
      try {
        return await work();
      } finally {
        const left = (underWay.get(key) ?? 1) - 1;
        if (left > 0) underWay.set(key, left);
        else underWay.delete(key);
      }
    },
  };
}
