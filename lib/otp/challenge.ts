import { plus } from '@/lib/clock';
import type { Database } from '@/lib/db/client';
import { CODE_LIFE_MS, MAX_ATTEMPTS, MAX_SENDS, MIN_LIFE_FOR_RESEND_MS, RESEND_COOLDOWN_MS } from './policy';

export type Channel = 'email' | 'sms';

/** A challenge as its browser may know it; a decoy's and a closed one's look the same (ENU-2, FLO-4). */
export type ChallengeView = {
  expiresAt: Date;
  triesLeft: number;
  sendsLeft: number;
  /** When each channel may be asked again; null where it may be now and always could. */
  nextSendAt: Record<Channel, Date | null>;
  /** A grant is open or was spent. Only the browser that holds the grant is told more. */
  consumed: boolean;
};

type Row = {
  attempts: number;
  maxAttempts: number;
  sends: number;
  emailRequestedAt: Date | null;
  smsRequestedAt: Date | null;
  expiresAt: Date;
  consumedAt: Date | null;
  closedAt: Date | null;
};

const nextSend = (last: Date | null): Date | null => (last ? plus(last, RESEND_COOLDOWN_MS) : null);

/** What a row means to its browser. */
export const viewOf = (row: Row): ChallengeView => ({
  expiresAt: row.expiresAt,
  triesLeft: row.maxAttempts - row.attempts,
  sendsLeft: MAX_SENDS - row.sends,
  nextSendAt: { email: nextSend(row.emailRequestedAt), sms: nextSend(row.smsRequestedAt) },
  consumed: row.consumedAt !== null,
});

/** One read by primary key. @returns null where no such challenge was ever issued */
export async function viewChallenge(db: Database, id: string): Promise<ChallengeView | null> {
  const row = await db.challenge.findUnique({ where: { id } });
  return row && viewOf(row);
}

/** When a challenge opened now ends. */
export const expiryFrom = (now: Date): Date => plus(now, CODE_LIFE_MS);

/** Settings of a new challenge, in one place for every purpose. */
export const newChallengeLimits = { maxAttempts: MAX_ATTEMPTS } as const;

/** True where a resend should open a successor instead of repeating a dying code (GEN-3). */
export const needsSuccessor = (expiresAt: Date, now: Date): boolean =>
  expiresAt.getTime() - now.getTime() < MIN_LIFE_FOR_RESEND_MS;
