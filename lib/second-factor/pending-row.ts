import type { Clock } from '@/lib/clock';
import { plus } from '@/lib/clock';
import type { Database } from '@/lib/db/client';
import { newChallengeId } from '@/lib/otp/derive';
import { PENDING_MS, type Pending } from './pending';

type Deps = { db: Database; clock: Clock };

/**
 * Makes the row that a pending sign-in's cookie is bound to, for an admin at the password version that was proved.
 * Earlier ones that nobody went on with are removed on the way.
 * @param counted what the password's try counted, given back with the second step
 */
export async function openPending({ db, clock }: Deps, pending: Pending, counted: object): Promise<Pending> {
  const id = newChallengeId();
  const now = clock.now();
  await db.$executeRaw`
    WITH old AS (DELETE FROM "PendingSignIn" WHERE "userId" = ${pending.userId}::uuid AND "expiresAt" <= ${now})
    INSERT INTO "PendingSignIn" (id, "userId", "passwordVersion", counted, "createdAt", "expiresAt")
    SELECT ${id}, id, ${pending.passwordVersion}, ${JSON.stringify(counted)}::jsonb, ${now}, ${plus(now, PENDING_MS)}
    FROM "User" WHERE id = ${pending.userId}::uuid AND "passwordVersion" = ${pending.passwordVersion}
      AND role = 'admin' AND "disabledAt" IS NULL FOR SHARE`;
  return { ...pending, id };
}

/**
 * What a sealed cookie is worth by its row. One that was copied before a step has none of what that step ended: once an
 * app is enrolled no cookie shows its secret again, and recovery codes are shown in the sign-in that made them.
 * @returns null where the row is spent, too old, or ended with the user's password, role, second factor or sessions
 */
export async function livingPending(
  { db, clock }: Deps,
  pending: Pending,
): Promise<{ pending: Pending; counted: unknown } | null> {
  const [row] = await db.$queryRaw<{ enrolled: boolean; counted: unknown }[]>`
    SELECT "enrolledAt" IS NOT NULL AS enrolled, counted FROM "PendingSignIn" p JOIN "User" u ON u.id = p."userId"
    WHERE p.id = ${pending.id} AND u.id = ${pending.userId}::uuid AND p."expiresAt" > ${clock.now()}
      AND u."passwordVersion" = ${pending.passwordVersion} AND p."passwordVersion" = u."passwordVersion"
      AND u.role = 'admin' AND u."disabledAt" IS NULL`;
  if (!row) return null;
  const enrolling = row.enrolled ? null : pending.enrolling;
  const recoveryCodes = row.enrolled ? pending.recoveryCodes : null;
  return { pending: { ...pending, enrolling, recoveryCodes }, counted: row.counted };
}

/** Spends it, once. @returns whether it was there to be spent */
export async function spendPending({ db, clock }: Deps, { id, userId }: Pending): Promise<boolean> {
  const { count } = await db.pendingSignIn.deleteMany({ where: { id, userId, expiresAt: { gt: clock.now() } } });
  return count === 1;
}
