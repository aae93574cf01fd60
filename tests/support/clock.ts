import { type Clock, plus } from '@/lib/clock';

/** A clock that stands until it is moved. */
export type TestClock = Clock & { advance(ms: number): void };

export function testClock(start = new Date()): TestClock {
  let now = start;
  return {
    now: () => now,
    advance(ms) {
      now = plus(now, ms);
    },
  };
}
