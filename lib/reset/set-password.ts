import { Prisma } from '@/generated/prisma/client';
import { audit } from '@/lib/audit/audit';
import { log } from '@/lib/log';
import type { Channel } from '@/lib/otp/challenge';
import { deriveGrant, sameSecret } from '@/lib/otp/derive';
import { warnKeyRetired } from '@/lib/otp/key-retired';
import { signInKey } from '@/lib/session/sign-in-limits';
import { distrusted } from '@/lib/users/distrust';
import { endSignIns } from '@/lib/users/end-sign-ins';
import { hashPassword } from '@/lib/users/password-hash';
import { type PasswordProblem, passwordProblem } from '@/lib/users/password-policy';
import type { ResetDeps } from './deps';
import type { Flow } from './flow';
import { notMeRow } from './not-me-row';

export type SetPasswordOutcome =
  | { status: 'changed'; flow: Flow; deliveryIds: string[] }
  | { status: 'refused'; field: 'password'; problem: PasswordProblem }
  | { status: 'refused'; field: 'confirmPassword'; problem: 'differs' }
  /** Too much is being hashed at this moment, or tried with this very grant. Nothing was spent. */
  | { status: 'busy' }
  /** There is no grant, or it is spent or too old. */
  | { status: 'start-again' };

type Looking = Pick<ResetDeps, 'db' | 'keyring' | 'clock'>;
type Grant = { challengeId: string; keyId: string; userId: string; email: string; phone: string | null };

/**
 * The flow's own grant. The user comes from the challenge's row, never from the browser (FLO-1).
 * A spent one is told apart only to whoever holds its secret: that is the second of two clicks.
 */
async function findGrant(deps: Looking, flow: Flow): Promise<Grant | { spentAt: Date } | null> {
  if (flow.grant === null) return null;
  const row = await deps.db.challenge.findUnique({ where: { id: flow.challengeId }, include: { user: true } });
  if (!row?.user || row.user.disabledAt || row.purpose !== 'password_reset') return null;
  const expected = deriveGrant(deps.keyring, row);
  if (expected === null && row.grantExpiresAt && row.grantExpiresAt > deps.clock.now()) warnKeyRetired(row);
  if (expected === null || !sameSecret(expected, flow.grant)) return null;
  if (row.grantSpentAt) return { spentAt: row.grantSpentAt };
  const open = row.grantExpiresAt && row.grantExpiresAt > deps.clock.now() && !row.closedAt;
  const { id: userId, email, phone } = row.user;
  return open ? { challengeId: row.id, keyId: row.keyId, userId, email, phone } : null;
}

/** For the page: whether a new password can still be set with what this flow holds. */
export async function holdsGrant(deps: Looking, flow: Flow): Promise<boolean> {
  const grant = await findGrant(deps, flow);
  return grant !== null && !('spentAt' in grant);
}

const alreadyChanged = (flow: Flow, at: Date): SetPasswordOutcome => ({
  status: 'changed',
  flow: { ...flow, doneAt: at.getTime() },
  deliveryIds: [],
});

/**
 * Validates, hashes, and then does everything in one transaction (FLO-3, FLO-5). A few tries at once with one grant: it
 * buys neither processors nor questions to Have I Been Pwned by the hundred.
 * @param input.password, input.confirmPassword anything a form sent
 */
export async function setPassword(deps: ResetDeps, flow: Flow, input: Typed): Promise<SetPasswordOutcome> {
  const outcome = await deps.hashSlots.few(`grant ${flow.challengeId}`, () => trySetting(deps, flow, input));
  return outcome === 'busy' ? { status: 'busy' } : outcome;
}

type Typed = { password: unknown; confirmPassword: unknown };

async function trySetting(deps: ResetDeps, flow: Flow, input: Typed): Promise<SetPasswordOutcome> {
  const grant = await findGrant(deps, flow);
  if (!grant) return { status: 'start-again' };
  if ('spentAt' in grant) return alreadyChanged(flow, grant.spentAt);
  const password = typeof input.password === 'string' ? input.password : '';
  const identifiers = grant.phone ? [grant.email, grant.phone] : [grant.email];
  const { minPasswordLength: minLength, appName, breached } = deps;
  const problem = await passwordProblem(password, { minLength, appName, breached, identifiers });
  if (problem) return { status: 'refused', field: 'password', problem };
  if (typeof input.confirmPassword !== 'string' || input.confirmPassword.normalize('NFC') !== password.normalize('NFC'))
    return { status: 'refused', field: 'confirmPassword', problem: 'differs' };

  const passwordHash = await deps.hashSlots.run(deps.caller.address, () => hashPassword(password));
  if (passwordHash === 'busy') return { status: 'busy' };
  const now = deps.clock.now();
  const deliveryIds = await deps.db.$transaction((tx) => spendGrant(deps, tx, grant, passwordHash, now));
  if (!deliveryIds) {
    const now = await findGrant(deps, flow);
    return now && 'spentAt' in now ? alreadyChanged(flow, now.spentAt) : { status: 'start-again' };
  }
  log.info({ correlationId: flow.challengeId }, 'a password was set');
  return { status: 'changed', flow: { ...flow, doneAt: now.getTime() }, deliveryIds };
}

type Notified = { emailVerifiedAt: Date | null; phoneVerifiedAt: Date | null; mailDistrusted: boolean };

/** The one write of a reset. The user's row is locked first, so that resets and sign-ins take turns (FLO-5). */
async function spendGrant(
  { keyring, offered, caller }: ResetDeps,
  tx: Prisma.TransactionClient,
  grant: Grant,
  passwordHash: string,
  now: Date,
): Promise<string[] | null> {
  const { userId, challengeId, keyId, email } = grant;
  const [user] = await tx.$queryRaw<Notified[]>`
    SELECT "emailVerifiedAt", "phoneVerifiedAt",
      ${distrusted(Prisma.sql`'email'`, now)} AS "mailDistrusted"
    FROM "User" u WHERE id = ${userId}::uuid AND "disabledAt" IS NULL FOR UPDATE`;
  if (!user) return null;
  const spent = await tx.challenge.updateMany({
    where: { id: challengeId, userId, closedAt: null, grantSpentAt: null, grantExpiresAt: { gt: now } },
    data: { grantSpentAt: now },
  });
  if (spent.count !== 1) return null;
  const { passwordVersion } = await tx.user.update({
    where: { id: userId },
    data: { passwordHash, passwordVersion: { increment: 1 } },
    select: { passwordVersion: true },
  });
  // A mailbox that a disputed reset went through must not undo what its owner has set since by the other channel.
  if (!user.mailDistrusted) {
    const row = notMeRow(keyring, keyId, 'dispute_password', challengeId, now);
    await tx.actionToken.create({ data: { ...row, userId, passwordVersion }, select: { kind: true } });
  }
  const sessions = await endSignIns(tx, userId);
  await tx.device.deleteMany({ where: { userId } });
  const verified: Channel[] = [
    ...(user.emailVerifiedAt ? (['email'] as const) : []),
    ...(user.phoneVerifiedAt ? (['sms'] as const) : []),
  ];
  const notices = await tx.delivery.createManyAndReturn({
    select: { id: true },
    data: verified
      .filter((channel) => offered.includes(channel))
      .map((channel) => ({ kind: 'password_changed' as const, channel, userId, challengeId, queuedAt: now })),
  });
  const common = { at: now, actorId: userId, subjectId: userId, source: caller.address, correlationId: challengeId };
  const revoked = { ...common, type: 'sessions_revoked' as const, detail: { sessions } };
  await audit(tx, { ...common, type: 'password_changed' }, revoked);
  // Last of all comes what other people's requests lock too: a process that freezes before holds none of it (TIM-2).
  // Closes codes and unspent grants alike: a closed challenge opens nothing and spends nothing (POST-1).
  await tx.challenge.updateMany({
    where: { userId, id: { not: challengeId }, closedAt: null },
    data: { closedAt: now },
  });
  // Whoever guessed at the old password does not keep its owner waiting with the new one (VER-4).
  await tx.counter.deleteMany({ where: { key: signInKey(keyring, email) } });
  return notices.map((notice) => notice.id);
}
