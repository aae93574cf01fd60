import { seconds } from '@/lib/clock';

/**
 * When proof of work is asked for, and how much of it (RL-2). The numbers are ours. Below the marks nobody is asked.
 */

/**
 * The used part of a client's own budget from which on it is asked, where `work` of its policy is not less: an admin may
 * have set a lower number.
 */
export const STRAINED_CLIENT = 0.8;
/** The used part of the crowd's mark from which on all strangers are asked. */
export const STRAINED_CROWD = 0.5;

/** Failed sign-ins of all strangers in one hour of the clock from which on strangers are asked, in it and the next. */
export const FAILED_SIGN_INS = 1_000;

/** How much work a challenge is. */
export type Work = {
  level: number;
  /** Rounds of PBKDF2 a key, and the fewest and most keys. */
  rounds: number;
  fewest: number;
  most: number;
  /** What it takes a phone of the middle, ms at most: as long whoever does not solve it waits (RL-2). */
  phoneMs: number;
};

/** How many times the work of the first level: it doubles with each request past half of an identifier's budget. */
const TIMES = [1, 2, 4, 8, 10] as const;
export const MOST_WORK = TIMES.length - 1;

/**
 * The work: keys derived one after the other until the one that was drawn comes up, by PBKDF2 with so many rounds each.
 * Drawn from a range, so that nobody waits much longer than another, as they would with a prefix of zeros. A key takes
 * 0.4 ms of a server's core in V8's WebCrypto (measured: 1,000 keys in 410 ms), two to three times that on a phone of
 * the middle: 0.4 to 1 s there at level 0, 4 to 10 s at the highest. Making one costs the server a single key, checking
 * one no key at all.
 * @param level how often it has doubled; past the highest it is the highest
 */
export function workAt(level: number): Work {
  const at = Math.min(Math.max(level, 0), MOST_WORK);
  const times = TIMES[at] ?? 1;
  return { level: at, rounds: 1_000, fewest: 500 * times, most: 900 * times, phoneMs: seconds(times) };
}
