import { Prisma } from '@/generated/prisma/client';
import { audit } from '@/lib/audit/audit';
import { type Channel, expiryFrom, newChallengeLimits } from '@/lib/otp/challenge';
import { newNonce } from '@/lib/otp/derive';
import { addressBucket, codeLength } from '@/lib/otp/guesses';
import { DIGITS } from '@/lib/otp/policy';
import { identifierHash, type ResetDeps } from './deps';
import { notMeRow } from './not-me-row';

/**
 * Issues a challenge to somebody who is known already, by a channel that was chosen for them, inside the transaction
 * that gave the reason. Where an address was typed, `requestCode` does it, decoys and all.
 * @returns the id of the queued delivery
 */
export async function issueTo(
  { keyring, caller }: ResetDeps,
  tx: Prisma.TransactionClient,
  to: { id: string; userId: string; email: string; channel: Channel },
  now: Date,
): Promise<string> {
  const { id, userId, email, channel } = to;
  const guessKey = addressBucket(keyring, email);
  const { maxAttempts } = newChallengeLimits;
  // The person's row is locked by whoever calls.
  const [length] = await tx.$queryRaw<{ digits: number }[]>`WITH ${codeLength({
    key: guessKey,
    ready: Prisma.sql`true`,
    beside: '',
    reserve: Prisma.sql`${maxAttempts}::int`,
    now,
  })} SELECT digits FROM length`;
  await tx.challenge.create({
    data: {
      id,
      purpose: 'password_reset',
      userId,
      identifierHash: identifierHash(keyring, email),
      guessKey,
      nonce: newNonce(),
      keyId: keyring.currentId,
      digits: length?.digits ?? DIGITS.beyondGuessing,
      maxAttempts,
      emailRequestedAt: channel === 'email' ? now : null,
      smsRequestedAt: channel === 'sms' ? now : null,
      createdAt: now,
      expiresAt: expiryFrom(now),
    },
  });
  const link = notMeRow(keyring, keyring.currentId, 'close_challenge', id, now);
  await tx.actionToken.create({ data: { ...link, userId } });
  const entry = { at: now, subjectId: userId, source: caller.address, correlationId: id, detail: { channel } };
  await audit(tx, { ...entry, type: 'code_requested' });
  const delivery = { kind: 'code', channel, challengeId: id, userId, queuedAt: now } as const;
  return (await tx.delivery.create({ data: delivery, select: { id: true } })).id;
}
