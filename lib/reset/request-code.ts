import { Prisma } from '@/generated/prisma/client';
import { carries } from '@/lib/limits/carried';
import { log } from '@/lib/log';
import { type Channel, expiryFrom, newChallengeLimits } from '@/lib/otp/challenge';
import { newNonce } from '@/lib/otp/derive';
import { addressBucket, codeLength, deviceBucket } from '@/lib/otp/guesses';
import { MAX_ATTEMPTS } from '@/lib/otp/policy';
import type { Asked } from '@/lib/proof/proof';
import { normaliseEmail } from '@/lib/users/identifiers';
import { countSend } from './count-send';
import { identifierHash, type ResetDeps } from './deps';
import type { Flow } from './flow';
import { closeLink } from './not-me-row';
import { lockFree, personLocked, reachOf } from './reach';

/** `deliveryId` is null where this flow's challenge stood already (a double click). */
export type RequestOutcome =
  | { status: 'requested'; flow: Flow; deliveryId: string | null }
  /** Too many codes were asked for from this network. */
  | { status: 'refused'; until: Date }
  /** So much goes wrong that this browser must work first, or wait. Nothing was counted or sent (RL-2). */
  | { status: 'prove'; proof: Asked }
  | { status: 'start-again' };

/**
 * Counts the request in its limits (RL-2), then issues the flow's challenge and queues its delivery, together with the
 * audit row, in one statement (DEL-9). Unknown, disabled and unreachable people, and whoever is past a limit, get the
 * same rows with no user: a decoy (ENU-2).
 * The person's row is share-locked, as the new rows' references would do anyway: a request beside a reset or a dispute
 * comes wholly before it, and is closed by it, or after it, and knows what it changed. Where the row is locked the
 * request does not wait: it is a decoy until the row is free (`lockFree`).
 */
export async function requestCode(deps: ResetDeps, flow: Flow, wanted: Channel): Promise<RequestOutcome> {
  const { db, keyring, clock, offered, caller } = deps;
  const email = normaliseEmail(flow.email);
  if (!email.ok) return { status: 'start-again' };
  const now = clock.now();
  // A repeat of the same click finds its challenge standing and counts no more.
  const first = Prisma.sql`NOT EXISTS (SELECT FROM "Challenge" WHERE id = ${flow.challengeId})`;
  const verdict = await countSend(deps, { email: email.value, channel: wanted, where: first, now });
  if (verdict.status !== 'counted') return verdict;
  const { suppressed, told, deviceId } = verdict;
  const identifier = identifierHash(keyring, email.value);
  const key = deviceId ? deviceBucket(deviceId) : addressBucket(keyring, email.value);
  const length = codeLength({ key, ready: personLocked, beside: '', reserve: Prisma.sql`${MAX_ATTEMPTS}::int`, now });
  const [queued] = await db.$queryRaw<{ id: string }[]>`
    WITH free AS MATERIALIZED (
      SELECT u.id, ${reachOf(wanted, offered, now)} AS reach FROM "User" u
      WHERE u.email = ${email.value} AND u."disabledAt" IS NULL ${lockFree}
    ), person AS (
      SELECT * FROM free WHERE reach IS NOT NULL AND NOT ${suppressed}
    ), held AS MATERIALIZED (
      SELECT id FROM "User" WHERE email = ${email.value} AND "disabledAt" IS NULL AND NOT ${suppressed}
        AND NOT EXISTS (SELECT FROM free)
    ), ${length}, carried AS MATERIALIZED (
      -- After the length's lock, as everywhere; a repeat of the same click counts nothing.
      SELECT CASE WHEN (SELECT digits FROM length) IS NULL OR ${suppressed || deviceId !== null} OR NOT ${first} THEN true
        ELSE ${carries(Prisma.sql`COALESCE((SELECT reach FROM person), ${wanted})`, Prisma.sql`${identifier}`, Prisma.sql`${now}`)} END AS ok
    ), issued AS (
      INSERT INTO "Challenge" (id, purpose, "userId", "identifierHash", "guessKey", nonce, "keyId", digits, "maxAttempts",
        "emailRequestedAt", "smsRequestedAt", "createdAt", "expiresAt")
      VALUES (${flow.challengeId}, 'password_reset', (SELECT id FROM person WHERE (SELECT ok FROM carried)), ${identifier},
        ${key}, ${newNonce()}, ${keyring.currentId}, (SELECT digits FROM length), ${newChallengeLimits.maxAttempts},
        ${wanted === 'email' ? now : null}, ${wanted === 'sms' ? now : null}, ${now}, ${expiryFrom(now)})
      ON CONFLICT (id) DO NOTHING
      RETURNING id, "userId"
    ), audited AS (
      INSERT INTO "AuditEvent" (at, type, "subjectId", source, "correlationId", detail)
      SELECT ${now}, CASE WHEN ${suppressed} OR NOT ok THEN 'code_suppressed' ELSE 'code_requested' END, "userId",
        ${caller.address}, id, jsonb_build_object('channel', ${wanted}::text) FROM issued, carried
      WHERE ${told || !suppressed}
    ), ${closeLink(keyring, flow.challengeId, now, Prisma.sql`issued`)}
    INSERT INTO "Delivery" (kind, channel, "challengeId", "userId", "heldFor", "queuedAt")
    SELECT 'code', COALESCE((SELECT reach FROM person WHERE (SELECT ok FROM carried)), ${wanted})::"Channel", id,
      "userId", (SELECT id FROM held WHERE (SELECT ok FROM carried)), ${now} FROM issued
    RETURNING id`;
  if (queued) log.info({ correlationId: flow.challengeId, deliveryId: queued.id }, 'a code was asked for');
  return {
    status: 'requested',
    // A repeat keeps the channel and the moment of the first: that is where the code went.
    flow: queued || flow.channel === null ? { ...flow, channel: wanted, askedAt: now.getTime() } : flow,
    deliveryId: queued?.id ?? null,
  };
}
