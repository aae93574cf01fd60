import type { Prisma } from '@/generated/prisma/client';
import { audit } from '@/lib/audit/audit';
import { type Channel, expiryFrom, newChallengeLimits } from '@/lib/otp/challenge';
import { newNonce } from '@/lib/otp/derive';
import { CODE_DIGITS } from '@/lib/otp/policy';
import { identifierHash, type ResetDeps } from './deps';
import { notMeRow } from './not-me-row';

/**
 * Issues a challenge to somebody who is known already, by a channel that was chosen for them, inside the transaction
 * that gave the reason. Where an address was typed, `requestCode` does it, decoys and all.
 * @returns the id of the queued delivery
 */
export async function issueTo(
  { keyring }: ResetDeps,
  tx: Prisma.TransactionClient,
  to: { id: string; userId: string; email: string; channel: Channel },
  now: Date,
): Promise<string> {
  const { id, userId, email, channel } = to;
  await tx.challenge.create({
    data: {
      id,
      purpose: 'password_reset',
      userId,
      identifierHash: identifierHash(keyring, email),
      nonce: newNonce(),
      keyId: keyring.currentId,
      digits: CODE_DIGITS,
      ...newChallengeLimits,
      emailRequestedAt: channel === 'email' ? now : null,
      smsRequestedAt: channel === 'sms' ? now : null,
      createdAt: now,
      expiresAt: expiryFrom(now),
    },
  });
  const link = notMeRow(keyring, keyring.currentId, 'close_challenge', id, now);
  await tx.actionToken.create({ data: { ...link, userId } });
  await audit(tx, { at: now, type: 'code_requested', subjectId: userId, correlationId: id, detail: { channel } });
  const delivery = { kind: 'code', channel, challengeId: id, userId, queuedAt: now } as const;
  return (await tx.delivery.create({ data: delivery, select: { id: true } })).id;
}
