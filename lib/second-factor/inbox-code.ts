import { Prisma } from '@/generated/prisma/client';
import type { AuditType } from '@/lib/audit/audit';
import { expiryFrom, newChallengeLimits } from '@/lib/otp/challenge';
import { newNonce } from '@/lib/otp/derive';
import { secondStepBucket } from '@/lib/otp/guesses';
import { DIGITS } from '@/lib/otp/policy';
import type { SecondStepDeps } from './deps';

/**
 * Sends the demonstration's second step: 8 digits by the one challenge mechanism, for a purpose and with a bucket of
 * its own (ADM-5). A repeat with the same id sends nothing.
 * @param id of a challenge that is in no row yet
 * @returns the id of the queued delivery, or null where this challenge stood already
 */
export async function sendInboxCode(
  { db, clock, keyring, caller }: SecondStepDeps,
  userId: string,
  id: string,
): Promise<string | null> {
  const now = clock.now();
  const asked: AuditType = 'second_step_asked';
  const [queued] = await db.$queryRaw<{ id: string }[]>(Prisma.sql`
    WITH person AS (
      SELECT id FROM "User" WHERE id = ${userId}::uuid AND "disabledAt" IS NULL FOR KEY SHARE
    ), issued AS (
      INSERT INTO "Challenge" (id, purpose, "userId", "identifierHash", "guessKey", nonce, "keyId", digits, "maxAttempts",
        "emailRequestedAt", "createdAt", "expiresAt")
      SELECT ${id}, 'second_step', id, '', ${secondStepBucket(userId)}, ${newNonce()}, ${keyring.currentId},
        ${DIGITS.guessedAt}::int, ${newChallengeLimits.maxAttempts}::int, ${now}, ${now}, ${expiryFrom(now)} FROM person
      ON CONFLICT (id) DO NOTHING RETURNING id, "userId"
    ), audited AS (
      INSERT INTO "AuditEvent" (at, type, "actorId", "subjectId", source, "correlationId")
      SELECT ${now}, ${asked}, "userId", "userId", ${caller.address}, id FROM issued
    )
    INSERT INTO "Delivery" (kind, channel, "challengeId", "userId", "queuedAt")
    SELECT 'second_step', 'email', id, "userId", ${now} FROM issued RETURNING id`);
  return queued?.id ?? null;
}
