import { plus } from '@/lib/clock';
import { tokenHash } from '@/lib/keys/keyring';
import { REPEAT_MS } from '@/lib/otp/policy';
import type { ResetDeps } from './deps';
import { type DisputeOutcome, disputePassword } from './dispute-password';

/** What the page of a notice's link offers. */
export type NotMeView = { status: 'close' | 'dispute' | 'dead' };

export type NotMeOutcome =
  | DisputeOutcome
  /** The code is worth nothing any more. */
  | { status: 'closed' }
  /** The code had set a password already: the mail about that has the link that helps. */
  | { status: 'too-late' };

type Looking = Pick<ResetDeps, 'db' | 'keyring' | 'clock'>;
type Found = {
  tokenHash: string;
  kind: 'close_challenge' | 'dispute_password';
  userId: string | null;
  passwordVersion: number | null;
  expiresAt: Date;
  usedAt: Date | null;
  currentVersion: number | null;
  challengeId: string | null;
  keyId: string | null;
};

/** One read by the token's hash, whatever was sent. A link whose key was retired is as good as none. */
async function find({ db, keyring, clock }: Looking, token: unknown): Promise<Found | null> {
  const typed = typeof token === 'string' && /^[\w-]{43}$/.test(token) ? token : '';
  const [row] = await db.$queryRaw<Found[]>`
    SELECT t."tokenHash", t.kind::text, t."userId", t."passwordVersion", t."expiresAt", t."usedAt",
      u."passwordVersion" AS "currentVersion", c.id AS "challengeId", c."keyId"
    FROM "ActionToken" t LEFT JOIN "User" u ON u.id = t."userId" LEFT JOIN "Challenge" c ON c.id = t."challengeId"
    WHERE t."tokenHash" = ${tokenHash(typed)}`;
  if (!row || row.expiresAt <= clock.now()) return null;
  return row.keyId !== null && !keyring.key(row.keyId, 'link') ? null : row;
}

/**
 * What a notice's link would do. It changes nothing: mail scanners follow links (FLO-6).
 * Garbled, used, expired, of a changed password and of a retired key are all 'dead', and cost the same one query.
 * @param token anything a URL brought
 */
export async function readNotMe(deps: Looking, token: unknown): Promise<NotMeView> {
  const found = await find(deps, token);
  if (!found || found.usedAt) return { status: 'dead' };
  if (found.kind === 'close_challenge') return { status: found.challengeId === null ? 'dead' : 'close' };
  return { status: found.passwordVersion === found.currentVersion ? 'dispute' : 'dead' };
}

/**
 * Does what a notice's link is for, once (POST-3). The second of two clicks, up to 30 s later, changes nothing and is
 * answered as the first was.
 * @param token anything a form sent
 */
export async function actNotMe(deps: ResetDeps, token: unknown): Promise<NotMeOutcome> {
  const found = await find(deps, token);
  if (!found) return { status: 'dead' };
  if (found.kind === 'close_challenge') return closeChallenge(deps, found.tokenHash);
  return found.userId === null ? { status: 'dead' } : disputePassword(deps, found.tokenHash, found.userId);
}

/**
 * Closes the token's own challenge and no other, in one statement. To its browser the challenge goes on looking
 * alive (FLO-4). A reset beside it comes wholly first, and is too late to stop here, or finds the challenge closed.
 */
async function closeChallenge({ db, clock, caller }: ResetDeps, hash: string): Promise<NotMeOutcome> {
  const now = clock.now();
  const [challenge] = await db.$queryRaw<{ spent: boolean }[]>`
    WITH used AS (
      UPDATE "ActionToken" SET "usedAt" = COALESCE("usedAt", ${now})
      WHERE "tokenHash" = ${hash} AND kind = 'close_challenge' AND "expiresAt" > ${now}
        AND ("usedAt" IS NULL OR "usedAt" > ${plus(now, -REPEAT_MS)})
      RETURNING "challengeId"
    ), held AS (
      SELECT c.* FROM "Challenge" c JOIN used ON c.id = used."challengeId" FOR UPDATE OF c
    ), closed AS (
      UPDATE "Challenge" c SET "closedAt" = ${now} FROM held
      WHERE c.id = held.id AND held."closedAt" IS NULL AND held."grantSpentAt" IS NULL
      RETURNING c.id, c."userId"
    ), audited AS (
      INSERT INTO "AuditEvent" (at, type, "subjectId", source, "correlationId")
      SELECT ${now}, 'challenge_closed', "userId", ${caller.address}, id FROM closed
    )
    SELECT "grantSpentAt" IS NOT NULL AS spent FROM held`;
  if (!challenge) return { status: 'dead' };
  return { status: challenge.spent ? 'too-late' : 'closed' };
}
