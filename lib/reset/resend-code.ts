import { Prisma } from '@/generated/prisma/client';
import { plus } from '@/lib/clock';
import { carries } from '@/lib/limits/carried';
import { log } from '@/lib/log';
import { type Channel, expiryFrom, needsSuccessor, viewOf } from '@/lib/otp/challenge';
import { type CodeSource, deriveSuccessorId, newNonce } from '@/lib/otp/derive';
import { codeLength, isDevices, tooShort } from '@/lib/otp/guesses';
import { warnKeyRetired } from '@/lib/otp/key-retired';
import { MAX_SENDS, MIN_LIFE_FOR_RESEND_MS, RESEND_COOLDOWN_MS } from '@/lib/otp/policy';
import type { Asked } from '@/lib/proof/proof';
import { normaliseEmail } from '@/lib/users/identifiers';
import { countSend } from './count-send';
import type { ResetDeps } from './deps';
import type { Flow } from './flow';
import { closeLink } from './not-me-row';
import { lockFree, personLocked, reachOf } from './reach';

export type ResendOutcome =
  | { status: 'resent'; flow: Flow; deliveryId: string | null }
  /** Milliseconds until this channel may be asked again. */
  | { status: 'wait'; ms: number }
  /** Too many codes were asked for from this network. */
  | { status: 'refused'; until: Date }
  /** So much goes wrong that this browser must work first, or wait. Nothing was counted or sent (RL-2). */
  | { status: 'prove'; proof: Asked }
  | { status: 'no-sends-left' | 'exhausted' | 'start-again' };

type Sending = { id: string; wanted: Channel; suppressed: boolean; told: boolean; now: Date };

/**
 * Queues a delivery for the rows that `spent` returned; a closed challenge gets a decoy (FLO-4). The person's row is
 * share-locked before the challenge's, which is the order of a reset and of a dispute: none waits for another in a
 * circle, and one that came later knows what they changed. A row that is locked is not waited for (`lockFree`): the
 * delivery is held for its person, unless the challenge is closed meanwhile.
 */
const deliver = (deps: ResetDeps, { id, wanted, suppressed, told, now }: Sending, spent: Prisma.Sql) => Prisma.sql`
  WITH person AS (
    SELECT u.id, ${reachOf(wanted, deps.offered, now)} AS reach FROM "User" u JOIN "Challenge" c ON c."userId" = u.id
    WHERE c.id = ${id} AND u."disabledAt" IS NULL ${lockFree}
  ), held AS MATERIALIZED (
    SELECT u.id FROM "User" u JOIN "Challenge" c ON c."userId" = u.id
    WHERE c.id = ${id} AND c."closedAt" IS NULL AND u."disabledAt" IS NULL AND NOT ${suppressed}
      AND NOT EXISTS (SELECT FROM person)
  ), ${spent}, carried AS MATERIALIZED (
    SELECT spent.*, reach, CASE WHEN ${suppressed} OR ${isDevices(Prisma.sql`"guessKey"`)} THEN true
      ELSE ${carries(Prisma.sql`COALESCE(reach, ${wanted})`, Prisma.sql`"identifierHash"`, Prisma.sql`${now}`)} END AS ok
    FROM spent LEFT JOIN person ON person.id = spent."userId"
  ), audited AS (
    INSERT INTO "AuditEvent" (at, type, "subjectId", source, "correlationId", detail)
    SELECT ${now}, CASE WHEN ${suppressed} OR NOT ok THEN 'code_suppressed' ELSE 'code_resent' END, "userId",
      ${deps.caller.address}, id, jsonb_build_object('channel', ${wanted}::text) FROM carried WHERE ${told || !suppressed}
  )
  INSERT INTO "Delivery" (kind, channel, "challengeId", "userId", "heldFor", "queuedAt")
  SELECT 'code', COALESCE(reach, ${wanted})::"Channel", id,
    CASE WHEN reach IS NOT NULL AND ok AND NOT ${suppressed} THEN "userId" END, (SELECT id FROM held WHERE ok), ${now}
  FROM carried
  RETURNING id`;

const columnOf = (channel: Channel): Prisma.Sql =>
  channel === 'email' ? Prisma.sql`"emailRequestedAt"` : Prisma.sql`"smsRequestedAt"`;

/**
 * Sends the same code once more, by this channel or the other. The first use of a channel needs no wait,
 * after that 30 s pass between two sends; five sends a challenge (RL-2). Where under three minutes are left,
 * a successor is opened that inherits the attempts (GEN-3). Past a limit everything looks as ever and nothing is sent.
 * A code whose key was retired cannot be sent again (GEN-2).
 */
export async function resendCode(deps: ResetDeps, flow: Flow, wanted: Channel): Promise<ResendOutcome> {
  const { db, clock, keyring } = deps;
  const now = clock.now();
  const rested = plus(now, -RESEND_COOLDOWN_MS);
  const column = columnOf(wanted);
  const typed = normaliseEmail(flow.email);
  // Where a notice's link began the flow nobody typed an address: its codes count by themselves.
  const email = typed.ok ? typed.value : `challenge ${flow.challengeId}`;
  // What will be told to wait, or to start again, counts nothing.
  const sendable = Prisma.sql`EXISTS (SELECT FROM "Challenge" WHERE id = ${flow.challengeId} AND "consumedAt" IS NULL
    AND attempts < "maxAttempts" AND (${column} IS NULL OR ${column} <= ${rested})
    AND (sends < ${MAX_SENDS} OR "expiresAt" < ${plus(now, MIN_LIFE_FOR_RESEND_MS)}))`;
  const verdict = await countSend(deps, { email, channel: wanted, where: sendable, now });
  if (verdict.status !== 'counted') return verdict;
  const sending = { id: flow.challengeId, wanted, suppressed: verdict.suppressed, told: verdict.told, now };
  const spent = Prisma.sql`spent AS (
    UPDATE "Challenge" SET sends = sends + 1, ${column} = ${now}
    WHERE ${personLocked} AND id = ${flow.challengeId} AND "consumedAt" IS NULL AND sends < ${MAX_SENDS} AND attempts < "maxAttempts"
      AND "expiresAt" >= ${plus(now, MIN_LIFE_FOR_RESEND_MS)} AND NOT ${tooShort(now)} AND (${column} IS NULL OR ${column} <= ${rested})
      AND "keyId" = ANY(${[...keyring.ids]})
    RETURNING id, CASE WHEN "closedAt" IS NULL THEN "userId" END AS "userId", "identifierHash", "guessKey")`;
  const [queued] = await db.$queryRaw<{ id: string }[]>(deliver(deps, sending, spent));
  const asked = { ...flow, channel: wanted, askedAt: now.getTime() };
  if (queued) {
    log.info({ correlationId: flow.challengeId, deliveryId: queued.id }, 'a code was asked for again');
    return { status: 'resent', flow: asked, deliveryId: queued.id };
  }

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
  // It is dying, or too short to be compared: another takes its place.
  if (wait <= 0) return openSuccessor(deps, flow, row, sending);
  return { status: 'wait', ms: Math.max(0, wait) };
}

/** Any number of clicks open one successor: its id is derived from the challenge that it follows. */
async function openSuccessor(
  deps: ResetDeps,
  flow: Flow,
  row: CodeSource & { guessKey: string },
  sending: Sending,
): Promise<ResendOutcome> {
  const { wanted, now } = sending;
  const { db, keyring } = deps;
  const nextId = deriveSuccessorId(keyring, row);
  if (!nextId) return { status: 'start-again' };
  const emailAt = wanted === 'email' ? now : null;
  const smsAt = wanted === 'sms' ? now : null;
  // The challenge comes before the bucket, as it does where somebody guesses.
  const length = codeLength({
    key: row.guessKey,
    ready: Prisma.sql`EXISTS (SELECT FROM old)`,
    beside: row.id,
    reserve: Prisma.sql`(SELECT "maxAttempts" - inherited FROM old)`,
    now,
  });
  const spent = Prisma.sql`old AS MATERIALIZED (
    SELECT * FROM "Challenge" WHERE ${personLocked} AND id = ${row.id} AND "consumedAt" IS NULL FOR UPDATE
  ), ${length}, closed AS (
    UPDATE "Challenge" c SET "closedAt" = COALESCE(c."closedAt", ${now}) FROM old WHERE c.id = old.id
  ), spent AS (
    INSERT INTO "Challenge" (id, purpose, "userId", "identifierHash", "guessKey", nonce, "keyId", digits, attempts,
      inherited, "maxAttempts",
      "emailRequestedAt", "smsRequestedAt", "createdAt", "expiresAt")
    SELECT ${nextId}, purpose, CASE WHEN "closedAt" IS NULL AND NOT EXISTS (SELECT FROM held) THEN "userId" END, "identifierHash", "guessKey",
      ${newNonce()}, ${keyring.currentId}, (SELECT digits FROM length), attempts, attempts, "maxAttempts", ${emailAt}, ${smsAt}, ${now}, ${expiryFrom(now)}
    FROM old ON CONFLICT (id) DO NOTHING
    RETURNING id, "userId", "identifierHash", "guessKey"
  ), ${closeLink(keyring, nextId, now, Prisma.sql`spent`)}`;
  const [queued] = await db.$queryRaw<{ id: string }[]>(deliver(deps, sending, spent));
  log.info({ correlationId: nextId, follows: row.id }, 'a code was replaced');
  const followed = { ...flow, challengeId: nextId, channel: wanted, askedAt: now.getTime() };
  return { status: 'resent', flow: followed, deliveryId: queued?.id ?? null };
}
