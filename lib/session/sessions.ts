import { randomBytes } from 'node:crypto';
import { Prisma } from '@/generated/prisma/client';
import type { Caller } from '@/lib/caller';
import { type Clock, minutes, plus } from '@/lib/clock';
import type { Database } from '@/lib/db/client';
import { tokenHash } from '@/lib/keys/keyring';
import type { Authenticated } from '@/lib/users/authenticate';
import { type CountedSignIn, giveBackSignIn, nothingCounted } from './sign-in-limits';

const DAY = minutes(24 * 60);
/** LOG-3: users 30 days; admins 8 hours in all and 30 minutes idle. */
export const USER_SESSION_MS = 30 * DAY;
const ADMIN_SESSION_MS = minutes(8 * 60);
const ADMIN_IDLE_MS = minutes(30);

/** The person behind a confirmed session. */
export type SignedIn = {
  sessionId: string;
  userId: string;
  email: string;
  name: string;
  role: 'user' | 'admin';
  since: Date;
  /** When the second step was last passed; null for people who have none. */
  provedAt: Date | null;
};

type Deps = { db: Database; clock: Clock };

/**
 * Makes a session and its audit row for the password version that was proved, and gives back what the try had counted,
 * in one statement. The user's row is share-locked, so that a reset beside it comes wholly before (no session) or after
 * (session revoked) (FLO-5). No admin has one without the second step (ADM-5).
 * @param proof what the try had counted; for an admin that the second step was passed, by which pending sign-in: it is
 * spent, and one that is spent or ended makes no session
 * @returns the token for the browser, of which the database keeps the hash (LOG-2); null where the password changed
 */
export async function createSession(
  { db, clock, caller }: Deps & { caller: Caller },
  who: Authenticated,
  proof: { counted: CountedSignIn; passed?: { pendingId: string } } | 'second step passed',
): Promise<{ token: string; expiresAt: Date } | null> {
  const token = randomBytes(32).toString('base64url');
  const now = clock.now();
  const pendingId = proof === 'second step passed' ? null : (proof.passed?.pendingId ?? null);
  const provedAt = proof === 'second step passed' || pendingId !== null ? now : null;
  const counted = proof === 'second step passed' ? nothingCounted : proof.counted;
  const expiresAt = plus(now, who.role === 'admin' ? ADMIN_SESSION_MS : USER_SESSION_MS);
  const rows = await db.$queryRaw<{ id: string }[]>`
    WITH person AS (
      SELECT id FROM "User" WHERE id = ${who.userId}::uuid AND "passwordVersion" = ${who.passwordVersion}
        AND role = ${who.role}::"Role" AND "disabledAt" IS NULL
        AND (role <> 'admin' OR ${provedAt}::timestamptz IS NOT NULL) FOR SHARE
    ), spent AS (
      DELETE FROM "PendingSignIn" p USING person
      WHERE p.id = ${pendingId} AND p."userId" = person.id AND p."expiresAt" > ${now} RETURNING p.id
    ), allowed AS MATERIALIZED (
      SELECT id FROM person WHERE ${pendingId}::text IS NULL OR EXISTS (SELECT FROM spent)
    ), audited AS (
      INSERT INTO "AuditEvent" (at, type, "actorId", "subjectId", source)
      SELECT ${now}, 'sign_in_succeeded', id, id, ${caller.address} FROM allowed
    ), ${giveBackSignIn(counted, Prisma.sql`EXISTS (SELECT FROM allowed)`)}
    INSERT INTO "Session" ("tokenHash", "userId", "createdAt", "lastSeenAt", "expiresAt", "provedAt")
    SELECT ${tokenHash(token)}, id, ${now}, ${now}, ${expiresAt}, ${provedAt} FROM allowed
    RETURNING id`;
  return rows.length === 1 ? { token, expiresAt } : null;
}

/** Confirms a token against its row and marks it seen, in one statement; disabling and demoting act at once (ADM-2). */
export async function confirmSession({ db, clock }: Deps, token: string): Promise<SignedIn | null> {
  const now = clock.now();
  const [row] = await db.$queryRaw<SignedIn[]>`
    UPDATE "Session" s SET "lastSeenAt" = ${now} FROM "User" u
    WHERE s."tokenHash" = ${tokenHash(token)} AND u.id = s."userId" AND u."disabledAt" IS NULL AND s."expiresAt" > ${now}
      AND (u.role <> 'admin' OR s."lastSeenAt" > ${plus(now, -ADMIN_IDLE_MS)})
    RETURNING s.id AS "sessionId", u.id AS "userId", u.email, u.name, u.role::text, s."createdAt" AS since, s."provedAt"`;
  return row ?? null;
}

/**
 * Ends a session on the server (LOG-4), and what waits for a second step of the same user: no cookie copied before is
 * worth anything after. Ending one that is gone is no error.
 */
export async function endSession({ db, clock }: Deps, token: string): Promise<void> {
  await db.$executeRaw`
    WITH gone AS (DELETE FROM "Session" WHERE "tokenHash" = ${tokenHash(token)} RETURNING "userId"),
      pending AS (DELETE FROM "PendingSignIn" WHERE "userId" IN (SELECT "userId" FROM gone))
    INSERT INTO "AuditEvent" (at, type, "actorId", "subjectId")
    SELECT ${clock.now()}, 'signed_out', "userId", "userId" FROM gone`;
}

/** The second step was passed again: destructive acts may follow for a while (ADM-5). */
export async function proveSession({ db, clock }: Deps, sessionId: string): Promise<void> {
  await db.session.updateMany({ where: { id: sessionId }, data: { provedAt: clock.now() } });
}
