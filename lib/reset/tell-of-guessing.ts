import { Prisma } from '@/generated/prisma/client';
import type { Channel } from '@/lib/otp/challenge';
import { lockFree } from './reach';

/**
 * SQL that queues word of many wrong guesses in a row: to the owner, and to every admin (VER-3). For an address that
 * nobody owns the same rows are queued for nobody, so that this guess costs what it costs elsewhere (ENU-3).
 * A locked row is not waited for (`lockFree`): its notice is held until it is free.
 * @param offered channels that have a transport: the owner is told by email, or else by SMS; admins by email
 */
export function tellOfGuessing(
  offered: readonly Channel[],
  about: { challengeId: string; userId: string | null },
  now: Date,
): Prisma.Sql {
  const { challengeId, userId } = about;
  const [byEmail, bySms] = [offered.includes('email'), offered.includes('sms')];
  return Prisma.sql`
    INSERT INTO "Delivery" (kind, channel, "challengeId", "userId", "heldFor", "queuedAt")
    SELECT 'guessing', channel::"Channel", ${challengeId}, CASE WHEN ${userId !== null} THEN free.id END,
      CASE WHEN ${userId !== null} AND free.id IS NULL THEN told.id END, ${now} FROM (
      SELECT id, CASE WHEN ${byEmail} AND "emailVerifiedAt" IS NOT NULL THEN 'email'
        WHEN ${bySms} AND "phoneVerifiedAt" IS NOT NULL THEN 'sms' END AS channel
      FROM "User" WHERE id = ${userId}::uuid AND "disabledAt" IS NULL
      UNION ALL SELECT NULL, 'email' WHERE ${userId === null}
      UNION ALL
      SELECT id, 'email' FROM "User" WHERE ${byEmail} AND role = 'admin' AND "disabledAt" IS NULL
        AND "emailVerifiedAt" IS NOT NULL AND id IS DISTINCT FROM ${userId}::uuid
    ) told LEFT JOIN (
      SELECT u.id FROM "User" u WHERE u.id = ${userId}::uuid OR u.role = 'admin' ${lockFree}
    ) free USING (id) WHERE channel IS NOT NULL`;
}
