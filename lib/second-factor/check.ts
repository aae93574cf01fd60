import { audit } from '@/lib/audit/audit';
import { attemptChallenge } from '@/lib/otp/attempt';
import { readCode } from '@/lib/otp/read-code';
import { giveTryBack, spendTry } from './budget';
import type { SecondStepDeps } from './deps';
import { isEnrolled } from './enrol';
import { openSecret, sealSecret } from './sealed-secret';
import { totpStep } from './totp';
import { looksLikeRecoveryCode, recoveryHash } from './words';
import { forgetWrongSteps, wrongStep } from './wrong-step';

/** What somebody is asked for: a code of their app, one in the demonstration's inbox, or the word that enrols an app. */
export type SecondStepKind = 'app' | 'inbox' | 'word';

export async function secondStepKind(deps: SecondStepDeps, userId: string): Promise<SecondStepKind> {
  if (deps.byInbox) return 'inbox';
  return (await isEnrolled(deps, userId)) ? 'app' : 'word';
}

export type Checked =
  | { status: 'right'; by: 'app' | 'recovery' | 'inbox' }
  /** What was typed is no code at all: no try was spent. */
  | { status: 'malformed' }
  | { status: 'wrong' }
  /** Too many wrong codes for this account. Nothing was compared. */
  | { status: 'refused'; until: Date }
  /** The code in the inbox is used up or too old, or the app's key was retired. */
  | { status: 'dead' };

/**
 * Compares what was typed at the second step, after the try was counted. A code of the app is taken once (RFC 6238,
 * 5.2), a recovery code is gone with its use.
 * @param challengeId of the code in the inbox @param typed anything a form sent
 */
export async function checkSecondStep(
  deps: SecondStepDeps,
  { userId, challengeId }: { userId: string; challengeId: string },
  typed: unknown,
): Promise<Checked> {
  const { db, clock, caller } = deps;
  const now = clock.now();
  const code = readCode(typed);
  const recovery = !deps.byInbox && typeof typed === 'string' && typed.length <= 1_000 && looksLikeRecoveryCode(typed);
  if (!code.ok && !recovery) return { status: 'malformed' };
  const spent = await spendTry(deps, userId, now);
  if (!spent.ok) return { status: 'refused', until: spent.until };
  const checked = deps.byInbox
    ? await byInbox(deps, userId, challengeId, code.ok ? code.digits : '')
    : recovery
      ? await byRecoveryCode(deps, userId, typed)
      : await byApp(deps, userId, code.ok ? code.digits : '');
  if (checked.status === 'right') {
    await giveTryBack(deps, spent.keys);
    await forgetWrongSteps(deps, userId);
  }
  const who = { actorId: userId, subjectId: userId, source: caller.address };
  if (checked.status === 'wrong') await wrongStep(deps, userId, now);
  if (checked.status === 'right')
    await audit(db, { at: now, type: 'second_step_passed', ...who, detail: { by: checked.by } });
  return checked;
}

async function byApp({ db, keyring, clock }: SecondStepDeps, userId: string, digits: string): Promise<Checked> {
  const row = await db.secondFactor.findUnique({ where: { userId } });
  const secret = row && openSecret(keyring, userId, row);
  if (!row || !secret) return { status: 'dead' };
  const step = totpStep(secret, digits, clock.now());
  if (step === null) return { status: 'wrong' };
  // The key that issues now takes over, so that an older one can be retired (CFG-3).
  const sealed = row.keyId === keyring.currentId ? {} : sealSecret(keyring, userId, secret);
  const { count } = await db.secondFactor.updateMany({
    where: { userId, lastStep: { lt: step }, sealedSecret: row.sealedSecret },
    data: { lastStep: step, ...sealed },
  });
  return count === 1 ? { status: 'right', by: 'app' } : { status: 'wrong' };
}

async function byRecoveryCode({ db, keyring }: SecondStepDeps, userId: string, typed: string): Promise<Checked> {
  const hash = recoveryHash(keyring, userId, typed);
  const used = await db.$executeRaw`
    UPDATE "SecondFactor" SET "recoveryHashes" = array_remove("recoveryHashes", ${hash})
    WHERE "userId" = ${userId}::uuid AND ${hash} = ANY("recoveryHashes")`;
  return used === 1 ? { status: 'right', by: 'recovery' } : { status: 'wrong' };
}

async function byInbox(deps: SecondStepDeps, userId: string, id: string, digits: string): Promise<Checked> {
  const about = { id, purpose: 'second_step' as const, digits, now: deps.clock.now() };
  const attempt = await attemptChallenge({ ...deps, tellOfGuessing: null }, about);
  switch (attempt.status) {
    case 'proved':
      return attempt.userId === userId ? { status: 'right', by: 'inbox' } : { status: 'wrong' };
    case 'wrong':
      return { status: 'wrong' };
    case 'refused':
      return { status: 'refused', until: attempt.until };
    // Its bucket is its own, so that neither the crowd nor a proof of work concerns it.
    case 'prove':
    case 'too-short':
    case 'exhausted':
    case 'expired':
    case 'missing':
      return { status: 'dead' };
  }
}
