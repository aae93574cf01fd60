import type { Prisma } from '@/generated/prisma/client';
import { type AuditEntry, audit } from '@/lib/audit/audit';
import { days, plus } from '@/lib/clock';
import { deriveDisputeId } from '@/lib/keys/not-me';
import type { Channel } from '@/lib/otp/challenge';
import { REPEAT_MS } from '@/lib/otp/policy';
import { endSignIns } from '@/lib/users/end-sign-ins';
import { askOperators } from './ask-operators';
import type { ResetDeps } from './deps';
import { type Flow, newFlowTag } from './flow';
import { issueTo } from './issue-to';

export type DisputeOutcome =
  /** The password is stopped, and a code is on its way by a channel that the disputed reset did not use. */
  | { status: 'disputed'; flow: Flow; deliveryIds: string[] }
  /** The password is stopped, and no channel is left. `told`: a mail goes to an admin at least, if there is one to reach. */
  | { status: 'operator-needed'; told: boolean; deliveryIds: string[] }
  | { status: 'dead' };

/** How long a channel that a disputed reset was sent over carries no code (POST-3). */
const DISTRUST_MS = days(1);
const both: readonly Channel[] = ['email', 'sms'];

type Person = {
  id: string;
  email: string;
  passwordVersion: number;
  disabledAt: Date | null;
  emailVerifiedAt: Date | null;
  phoneVerifiedAt: Date | null;
  /** Channels that an earlier dispute still keeps from carrying codes. */
  distrusted: Channel[] | null;
};

/**
 * Undoes what the disputed reset gave, in one transaction that locks the user's row first, as a reset does: of the two,
 * one comes wholly before the other (FLO-5). The password is gone, sessions, devices, codes and grants end, and a code
 * goes to a channel that the reset did not use.
 * @param hash of a token that `find` has found for this user
 */
export function disputePassword(deps: ResetDeps, hash: string, userId: string): Promise<DisputeOutcome> {
  const now = deps.clock.now();
  return deps.db.$transaction(async (tx): Promise<DisputeOutcome> => {
    const [person] = await tx.$queryRaw<Person[]>`
      SELECT id, email, "passwordVersion", "disabledAt", "emailVerifiedAt", "phoneVerifiedAt",
        CASE WHEN "distrustUntil" > ${now} THEN distrusted::text[] END AS distrusted
      FROM "User" WHERE id = ${userId}::uuid FOR UPDATE`;
    if (!person) return { status: 'dead' };
    const token = await tx.actionToken.findUnique({ where: { tokenHash: hash } });
    if (token?.kind !== 'dispute_password' || token.expiresAt <= now) return { status: 'dead' };
    const nextId = deriveDisputeId(deps.keyring, hash);
    const { challengeId, usedAt } = token;
    if (usedAt)
      return usedAt > plus(now, -REPEAT_MS)
        ? secondClick(tx, { challengeId, usedAt }, nextId, now)
        : { status: 'dead' };
    if (token.passwordVersion !== person.passwordVersion) return { status: 'dead' };

    await tx.actionToken.update({ where: { tokenHash: hash }, data: { usedAt: now } });
    const used = await channelsUsed(tx, token.challengeId);
    const distrusted = both.filter((channel) => used.includes(channel) || person.distrusted?.includes(channel));
    await tx.user.update({
      where: { id: userId },
      data: {
        passwordHash: null,
        passwordVersion: { increment: 1 },
        distrusted,
        distrustUntil: plus(now, DISTRUST_MS),
      },
    });
    const sessions = await endSignIns(tx, userId);
    await tx.device.deleteMany({ where: { userId } });
    // A closed challenge opens nothing, and its grant spends nothing (POST-1).
    await tx.challenge.updateMany({ where: { userId, closedAt: null }, data: { closedAt: now } });

    const channel = deps.offered.find((one) => reaches(person, one) && !distrusted.includes(one)) ?? null;
    const common = { at: now, subjectId: userId, source: deps.caller.address, correlationId: token.challengeId };
    const disputed: AuditEntry = { ...common, type: 'password_disputed', detail: { next: channel ?? 'operator' } };
    await audit(tx, disputed, { ...common, type: 'sessions_revoked', detail: { sessions } });
    if (channel === null) {
      const deliveryIds = await askOperators(deps, tx, { userId, challengeId: token.challengeId }, now);
      return { status: 'operator-needed', told: deliveryIds.length > 0, deliveryIds };
    }
    const deliveryId = await issueTo(deps, tx, { id: nextId, userId, email: person.email, channel }, now);
    return { status: 'disputed', flow: flowTo(nextId, channel, now), deliveryIds: [deliveryId] };
  });
}

const reaches = (person: Person, channel: Channel): boolean =>
  person.disabledAt === null && (channel === 'email' ? person.emailVerifiedAt : person.phoneVerifiedAt) !== null;

/** The address is left out: stored ones are never shown (ENU-5). */
const flowTo = (challengeId: string, channel: Channel, now: Date): Flow => ({
  tag: newFlowTag(),
  email: '',
  challengeId,
  startedAt: now.getTime(),
  channel,
  askedAt: now.getTime(),
  grant: null,
  doneAt: null,
});

/** Every channel that a code of the challenge was tried by, arrived or not. Where no record is left, all of them. */
async function channelsUsed(tx: Prisma.TransactionClient, challengeId: string | null): Promise<readonly Channel[]> {
  const rows = await tx.$queryRaw<{ channel: Channel }[]>`
    SELECT DISTINCT channel::text FROM "Delivery" WHERE "challengeId" = ${challengeId} AND kind = 'code'
      AND (attempts > 0 OR status IN ('sending', 'sent', 'delivered'))`;
  return rows.length > 0 ? rows.map((row) => row.channel) : both;
}

/** The id of the new challenge is derived, so that the second click finds what the first has made. */
async function secondClick(
  tx: Prisma.TransactionClient,
  { challengeId, usedAt }: { challengeId: string | null; usedAt: Date },
  nextId: string,
  now: Date,
): Promise<DisputeOutcome> {
  const issued = await tx.challenge.findUnique({ where: { id: nextId }, select: { smsRequestedAt: true } });
  if (!issued) {
    const mails = await tx.delivery.count({ where: { kind: 'operator_needed', challengeId, queuedAt: usedAt } });
    return { status: 'operator-needed', told: mails > 0, deliveryIds: [] };
  }
  return { status: 'disputed', flow: flowTo(nextId, issued.smsRequestedAt ? 'sms' : 'email', now), deliveryIds: [] };
}
