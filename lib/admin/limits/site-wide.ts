import type { Database } from '@/lib/db/client';
import { failedSignIns } from '@/lib/limits/site-wide-sign-ins';
import { crowdEarlier, crowdMark, crowdThisHour } from '@/lib/otp/guesses';
import { CROWD_STOP_FACTOR } from '@/lib/otp/policy';
import { FAILED_SIGN_INS, STRAINED_CROWD } from '@/lib/proof/marks';

/** What all strangers together do, against the marks past which everybody notices something (VER-3, VER-5, RL-2). */
export type Crowd = {
  /** Wrong codes in 24 hours. */
  guesses: number;
  /** From so many on strangers work before they act. */
  worksAt: number;
  /** From so many on their new codes have 10 digits. */
  longerAt: number;
  /** From so many on their older, shorter codes are not compared any more. */
  stopsAt: number;
  /** Failed sign-ins of this hour or the last, and from how many on strangers work. */
  failedSignIns: number;
  signInsWorkAt: number;
};

export async function crowdNow(db: Database, now: Date): Promise<Crowd> {
  const [row] = await db.$queryRaw<{ guesses: number; mark: number; failed: number }[]>`
    SELECT (${crowdEarlier(now)} + ${crowdThisHour(now)})::int AS guesses, ${crowdMark}::int AS mark,
      (${failedSignIns(now)})::int AS failed`;
  const { guesses = 0, mark = 0, failed = 0 } = row ?? {};
  return {
    guesses,
    worksAt: Math.ceil(mark * STRAINED_CROWD),
    longerAt: mark,
    stopsAt: Math.ceil(mark * CROWD_STOP_FACTOR),
    failedSignIns: failed,
    signInsWorkAt: FAILED_SIGN_INS,
  };
}
