import { Prisma } from '@/generated/prisma/client';
import { plus } from '@/lib/clock';
import { type Channel, expiryFrom, needsSuccessor, viewOf } from '@/lib/otp/challenge';
import { type CodeSource, deriveSuccessorId, newNonce } from '@/lib/otp/derive';
import { warnKeyRetired } from '@/lib/otp/key-retired';
import { MAX_SENDS, MIN_LIFE_FOR_RESEND_MS, RESEND_COOLDOWN_MS } from '@/lib/otp/policy';
import type { ResetDeps } from './deps';
import type { Flow } from './flow';
import { closeLink } from './not-me-row';
import { reachOf } from './reach';

export type ResendOutcome =
  | { status: 'resent'; flow: Flow; deliveryId: string | null }
  /** Milliseconds until this channel may be asked again. */
  | { status: 'wait'; ms: number }
  | { status: 'no-sends-left' | 'exhausted' | 'start-again' };

/**
 * Queues a delivery for the rows that `spent` returned; a closed challenge gets a decoy (FLO-4). The person's row is
 * share-locked before the challenge's, which is the order of a reset and of a dispute: none waits for another in a
 * circle, and a resend that had to wait knows what they changed.
 */
const deliver = (deps: ResetDeps, id: string, wanted: Channel, now: Date, spent: Prisma.Sql) => Prisma.sql`
  WITH person AS (
    SELECT u.id, ${reachOf(wanted, deps.offered, now)} AS reach FROM "User" u JOIN "Challenge" c ON c."userId" = u.id
    WHERE c.id = ${id} AND u."disabledAt" IS NULL FOR KEY SHARE OF u
  ), ${spent}, audited AS (
    INSERT INTO "AuditEvent" (at, type, "subjectId", "correlationId", detail)
    SELECT ${now}, 'code_resent', "userId", id, jsonb_build_object('channel', ${wanted}::text) FROM spent
  )
  INSERT INTO "Delivery" (kind, channel, "challengeId", "userId", "queuedAt")
  SELECT 'code', COALESCE(person.reach, ${wanted})::"Channel", spent.id,
    CASE WHEN person.reach IS NOT NULL THEN person.id END, ${now}
  FROM spent LEFT JOIN person ON person.id = spent."userId"
  RETURNING id`;

/** Always true, and known only once `person` is locked. */
const personLocked = Prisma.sql`(SELECT count(*) FROM person) >= 0`;

const columnOf = (channel: Channel): Prisma.Sql =>
  channel === 'email' ? Prisma.sql`"emailRequestedAt"` : Prisma.sql`"smsRequestedAt"`;

/**
 * Sends the same code once more, by this channel or the other. The first use of a channel needs no wait,
 * after that 30 s pass between two sends; five sends a challenge (RL-2). Where under three minutes are left,
 * a successor is opened that inherits the attempts (GEN-3). A code whose key was retired cannot be sent again (GEN-2).
 */
export async function resendCode(deps: ResetDeps, flow: Flow, wanted: Channel): Promise<ResendOutcome> {
  const { db, clock, keyring } = deps;
  const now = clock.now();
  const rested = plus(now, -RESEND_COOLDOWN_MS);
  const column = columnOf(wanted);
  const spent = Prisma.sql`spent AS (
    UPDATE "Challenge" SET sends = sends + 1, ${column} = ${now}
    WHERE ${personLocked} AND id = ${flow.challengeId} AND "consumedAt" IS NULL AND sends < ${MAX_SENDS} AND attempts < "maxAttempts"
      AND "keyId" = ANY(${[...keyring.ids]})
      AND "expiresAt" >= ${plus(now, MIN_LIFE_FOR_RESEND_MS)} AND (${column} IS NULL OR ${column} <= ${rested})
    RETURNING id, CASE WHEN "closedAt" IS NULL THEN "userId" END AS "userId")`;
  const [queued] = await db.$queryRaw<{ id: string }[]>(deliver(deps, flow.challengeId, wanted, now, spent));
  const asked = { ...flow, channel: wanted, askedAt: now.getTime() };
  if (queued) return { status: 'resent', flow: asked, deliveryId: queued.id };

  const row = await db.challenge.findUnique({ where: { id: flow.challengeId } });
  const view = row && viewOf(row);
  if (!view || view.consumed) return { status: 'start-again' };
  if (!keyring.ids.includes(row.keyId)) {
    if (view.expiresAt > now) warnKeyRetired(row);
    return { status: 'start-again' };
  }
  if (view.triesLeft <= 0) return { status: 'exhausted' };
  const dying = needsSuccessor(view.expiresAt, now);
  if (!dying && view.sendsLeft <= 0) return { status: 'no-sends-left' };
  const wait = (view.nextSendAt[wanted]?.getTime() ?? 0) - now.getTime();
  if (dying && wait <= 0) return openSuccessor(deps, flow, row, wanted, now);
  return { status: 'wait', ms: Math.max(0, wait) };
}

/** Any number of clicks open one successor: its id is derived from the challenge that it follows. */
async function openSuccessor(
  deps: ResetDeps,
  flow: Flow,
  row: CodeSource,
  wanted: Channel,
  now: Date,
): Promise<ResendOutcome> {
  const { db, keyring } = deps;
  const nextId = deriveSuccessorId(keyring, row);
  if (!nextId) return { status: 'start-again' };
  const emailAt = wanted === 'email' ? now : null;
  const smsAt = wanted === 'sms' ? now : null;
  const spent = Prisma.sql`old AS (
    SELECT * FROM "Challenge" WHERE ${personLocked} AND id = ${row.id} AND "consumedAt" IS NULL FOR UPDATE
  ), closed AS (
    UPDATE "Challenge" c SET "closedAt" = COALESCE(c."closedAt", ${now}) FROM old WHERE c.id = old.id
  ), spent AS (
    INSERT INTO "Challenge" (id, purpose, "userId", "identifierHash", nonce, "keyId", digits, attempts, "maxAttempts",
      "emailRequestedAt", "smsRequestedAt", "createdAt", "expiresAt")
    SELECT ${nextId}, purpose, CASE WHEN "closedAt" IS NULL THEN "userId" END, "identifierHash", ${newNonce()},
      ${keyring.currentId}, digits, attempts, "maxAttempts", ${emailAt}, ${smsAt}, ${now}, ${expiryFrom(now)}
    FROM old ON CONFLICT (id) DO NOTHING
    RETURNING id, "userId"
  ), ${closeLink(keyring, nextId, now, Prisma.sql`spent`)}`;
  const [queued] = await db.$queryRaw<{ id: string }[]>(deliver(deps, row.id, wanted, now, spent));
  const followed = { ...flow, challengeId: nextId, channel: wanted, askedAt: now.getTime() };
  return { status: 'resent', flow: followed, deliveryId: queued?.id ?? null };
}
