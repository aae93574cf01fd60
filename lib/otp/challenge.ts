import type { AuditType } from '@/lib/audit/audit';
import { plus } from '@/lib/clock';
import type { Database } from '@/lib/db/client';
import type { Keyring } from '@/lib/keys/keyring';
import { type CodeSource, deriveCode, deriveGrant, type Purpose, sameSecret } from './derive';
import { warnKeyRetired } from './key-retired';
import {
  CODE_LIFE_MS,
  GRANT_LIFE_MS,
  MAX_ATTEMPTS,
  MAX_SENDS,
  MIN_LIFE_FOR_RESEND_MS,
  REPEAT_MS,
  RESEND_COOLDOWN_MS,
} from './policy';

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

type Row = CodeSource & {
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
export const viewOf = (row: Omit<Row, keyof CodeSource>): ChallengeView => ({
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

export type AttemptOutcome =
  | { status: 'proved'; grant: string; userId: string }
  | { status: 'wrong'; triesLeft: number }
  /** No attempt was left to spend, the time was up, or the key was retired. Nothing was compared. */
  | { status: 'exhausted' | 'expired' | 'missing' };

/**
 * Spends one attempt, then compares, then opens the grant and writes the audit row together (VER-1, GEN-4, AUD-1).
 * Two statements; any number at once evaluate no more than `maxAttempts`.
 * @param digits 6 to 20 ASCII digits
 */
export async function attemptChallenge(
  db: Database,
  keyring: Keyring,
  input: { id: string; purpose: Purpose; digits: string; now: Date },
): Promise<AttemptOutcome> {
  const { id, purpose, digits, now } = input;
  const [row] = await db.$queryRaw<Row[]>`
    UPDATE "Challenge" SET attempts = attempts + 1
    WHERE id = ${id} AND purpose = ${purpose}::"ChallengePurpose" AND attempts < "maxAttempts" AND "expiresAt" > ${now}
      AND ("consumedAt" IS NULL OR "consumedAt" > ${plus(now, -REPEAT_MS)})
    RETURNING *`;
  if (!row) return whyRefused(db, id, now);
  const expected = deriveCode(keyring, row);
  const grant = deriveGrant(keyring, row);
  if (expected === null || grant === null) {
    warnKeyRetired(row);
    return { status: 'expired' };
  }
  const triesLeft = row.maxAttempts - row.attempts;
  // A decoy's own code must fit nobody.
  const right = sameSecret(expected, digits) && row.userId !== null;
  const opened = await settle(db, row, right, triesLeft > 0 ? 'code_wrong' : 'code_exhausted', now);
  return opened && row.userId !== null
    ? { status: 'proved', grant, userId: row.userId }
    : { status: 'wrong', triesLeft };
}

/**
 * The second statement of an attempt. A closed challenge looks alive and opens nothing: the row sees to it.
 * Right and wrong, owned or not, cost the same (ENU-3).
 * @returns whether a grant is open
 */
async function settle(db: Database, row: Row, right: boolean, otherwise: AuditType, now: Date): Promise<boolean> {
  const verified: AuditType = 'code_verified';
  const [settled] = await db.$queryRaw<{ opened: boolean }[]>`
    WITH opened AS (
      UPDATE "Challenge"
      SET "consumedAt" = COALESCE("consumedAt", ${now}),
          "grantExpiresAt" = COALESCE("grantExpiresAt", ${plus(now, GRANT_LIFE_MS)})
      WHERE id = ${row.id} AND ${right} AND "closedAt" IS NULL AND "grantSpentAt" IS NULL
      RETURNING id
    ), audited AS (
      INSERT INTO "AuditEvent" (at, type, "subjectId", "correlationId")
      VALUES (${now}, CASE WHEN EXISTS (SELECT FROM opened) THEN ${verified} ELSE ${otherwise} END,
        ${row.userId}::uuid, ${row.id})
    )
    SELECT EXISTS (SELECT FROM opened) AS opened`;
  return settled?.opened ?? false;
}

async function whyRefused(db: Database, id: string, now: Date): Promise<AttemptOutcome> {
  const view = await viewChallenge(db, id);
  if (!view) return { status: 'missing' };
  return { status: view.expiresAt > now ? 'exhausted' : 'expired' };
}

/** When a challenge opened now ends. */
export const expiryFrom = (now: Date): Date => plus(now, CODE_LIFE_MS);

/** Settings of a new challenge, in one place for every purpose. */
export const newChallengeLimits = { maxAttempts: MAX_ATTEMPTS } as const;

/** True where a resend should open a successor instead of repeating a dying code (GEN-3). */
export const needsSuccessor = (expiresAt: Date, now: Date): boolean =>
  expiresAt.getTime() - now.getTime() < MIN_LIFE_FOR_RESEND_MS;
