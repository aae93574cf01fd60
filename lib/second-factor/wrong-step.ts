import type { AuditType } from '@/lib/audit/audit';
import { days, plus } from '@/lib/clock';
import type { SecondStepDeps } from './deps';

/** Wrong ones in a row from which on the admin is told. A mistyped code, and its repeat, is nobody's attack. */
export const TOLD_AT = 3;
/** So long after the first of them they are counted anew. */
const COUNTED_MS = days(1);

const keyOf = (userId: string): string => `second-step-wrong:${userId}`;

/**
 * Writes down a wrong code or word at the second step. At the third in a row a mail goes to the admin: who types there
 * knows the password (ADM-5). Once a row of wrong ones, so that nobody floods a mailbox.
 */
export async function wrongStep({ db, caller }: SecondStepDeps, userId: string, now: Date): Promise<void> {
  const wrong: AuditType = 'second_step_wrong';
  await db.$executeRaw`
    WITH audited AS (
      INSERT INTO "AuditEvent" (at, type, "actorId", "subjectId", source)
      VALUES (${now}, ${wrong}, ${userId}::uuid, ${userId}::uuid, ${caller.address})
    ), counted AS (
      INSERT INTO "Counter" (key, points, "expiresAt") VALUES (${keyOf(userId)}, 1, ${plus(now, COUNTED_MS)})
      ON CONFLICT (key) DO UPDATE SET
        points = CASE WHEN "Counter"."expiresAt" <= ${now} THEN 1 ELSE "Counter".points + 1 END,
        "expiresAt" = CASE WHEN "Counter"."expiresAt" <= ${now} THEN EXCLUDED."expiresAt" ELSE "Counter"."expiresAt" END
      RETURNING points
    )
    INSERT INTO "Delivery" (kind, channel, "userId", "queuedAt")
    SELECT 'second_step_guessed', 'email', id, ${now} FROM "User", counted
    WHERE id = ${userId}::uuid AND points = ${TOLD_AT}::int AND "emailVerifiedAt" IS NOT NULL AND "disabledAt" IS NULL`;
}

/** The right one ends the row of wrong ones. */
export async function forgetWrongSteps({ db }: Pick<SecondStepDeps, 'db'>, userId: string): Promise<void> {
  await db.counter.deleteMany({ where: { key: keyOf(userId) } });
}
