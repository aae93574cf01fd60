import type { Prisma } from '@/generated/prisma/client';
import type { AuditType } from '@/lib/audit/audit';
import { days, plus } from '@/lib/clock';
import { readCode } from '@/lib/otp/read-code';
import { spendTry } from './budget';
import type { SecondStepDeps } from './deps';
import { sealSecret } from './sealed-secret';
import { newTotpSecret, totpStep, totpUri } from './totp';
import { enrolmentHash, newEnrolmentWord, newRecoveryCode, RECOVERY_CODES, recoveryHash } from './words';
import { forgetWrongSteps, wrongStep } from './wrong-step';

/** How long an enrolment word waits for its admin. */
const WORD_LIFE_MS = days(7);

/** Makes the word that enrols an app, in the transaction that makes or resets an admin. An older one is worth nothing. */
export async function issueEnrolmentWord(tx: Prisma.TransactionClient, userId: string, now: Date): Promise<string> {
  const word = newEnrolmentWord();
  await tx.actionToken.deleteMany({ where: { userId, kind: 'enrol_second_factor' } });
  const tokenHash = enrolmentHash(userId, word);
  await tx.actionToken.create({
    data: { tokenHash, kind: 'enrol_second_factor', userId, expiresAt: plus(now, WORD_LIFE_MS) },
  });
  return word;
}

/** Whether this person has an authenticator app. */
export const isEnrolled = async ({ db }: Pick<SecondStepDeps, 'db'>, userId: string): Promise<boolean> =>
  (await db.secondFactor.count({ where: { userId } })) > 0;

export type Worded =
  | { status: 'right'; enrolling: { wordHash: string; secret: string } }
  | { status: 'wrong' }
  | { status: 'refused'; until: Date };

/** Whether this is the word; it is used only with the app's first code. @param typed anything a form sent */
export async function acceptWord(deps: SecondStepDeps, userId: string, typed: unknown): Promise<Worded> {
  const { db, clock } = deps;
  const now = clock.now();
  const spent = await spendTry(deps, userId, now);
  if (!spent.ok) return { status: 'refused', until: spent.until };
  const wordHash = enrolmentHash(userId, typeof typed === 'string' ? typed.slice(0, 1_000) : '');
  const token = await db.actionToken.findFirst({
    where: { tokenHash: wordHash, userId, kind: 'enrol_second_factor', usedAt: null, expiresAt: { gt: now } },
    select: { kind: true },
  });
  if (token) return { status: 'right', enrolling: { wordHash, secret: newTotpSecret() } };
  await wrongStep(deps, userId, now);
  return { status: 'wrong' };
}

/** What the QR code of an enrolment says. */
export const enrolmentUri = ({ appName }: SecondStepDeps, secret: string, email: string): string =>
  totpUri(secret, appName, email);

export type Enrolled =
  /** The codes are shown this once. */
  | { status: 'enrolled'; recoveryCodes: string[] }
  | { status: 'wrong' | 'malformed' }
  | { status: 'refused'; until: Date }
  /** The word was used or is too old, or an app is enrolled by now. */
  | { status: 'start-again' };

/**
 * The app's first code: uses the word and keeps the secret, in one statement, and marks the pending sign-in as the one
 * that enrolled it.
 * @param typed anything a form sent @param pendingId of its row, where it is part of a sign-in
 */
export async function confirmEnrolment(
  deps: SecondStepDeps,
  userId: string,
  enrolling: { wordHash: string; secret: string },
  typed: unknown,
  pendingId = '',
): Promise<Enrolled> {
  const { db, clock, keyring, caller } = deps;
  const now = clock.now();
  const code = readCode(typed);
  if (!code.ok) return { status: 'malformed' };
  const spent = await spendTry(deps, userId, now);
  if (!spent.ok) return { status: 'refused', until: spent.until };
  const lastStep = totpStep(enrolling.secret, code.digits, now);
  if (lastStep === null) {
    await wrongStep(deps, userId, now);
    return { status: 'wrong' };
  }
  const recoveryCodes = Array.from({ length: RECOVERY_CODES }, newRecoveryCode);
  const { sealedSecret, keyId } = sealSecret(keyring, userId, enrolling.secret);
  const recoveryHashes = recoveryCodes.map((one) => recoveryHash(keyring, userId, one));
  const enrolled: AuditType = 'second_factor_enrolled';
  // Of any number at once one uses the word; who has an app by now keeps it.
  const kept = await db.$executeRaw`
    WITH used AS (
      UPDATE "ActionToken" SET "usedAt" = ${now} WHERE "tokenHash" = ${enrolling.wordHash}
        AND "userId" = ${userId}::uuid AND kind = 'enrol_second_factor' AND "usedAt" IS NULL AND "expiresAt" > ${now}
      RETURNING "userId"
    ), made AS (
      INSERT INTO "SecondFactor" ("userId", "sealedSecret", "keyId", "lastStep", "recoveryHashes", "enrolledAt")
      SELECT "userId", ${sealedSecret}, ${keyId}, ${lastStep}, ${recoveryHashes}, ${now} FROM used
      ON CONFLICT ("userId") DO NOTHING RETURNING "userId"
    ), marked AS (
      UPDATE "PendingSignIn" p SET "enrolledAt" = ${now} FROM made WHERE p.id = ${pendingId} AND p."userId" = made."userId"
    )
    INSERT INTO "AuditEvent" (at, type, "actorId", "subjectId", source)
    SELECT ${now}, ${enrolled}, "userId", "userId", ${caller.address} FROM made`;
  if (kept !== 1) return { status: 'start-again' };
  await forgetWrongSteps(deps, userId);
  return { status: 'enrolled', recoveryCodes };
}
