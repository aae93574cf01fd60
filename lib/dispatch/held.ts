import { plus } from '@/lib/clock';
import type { Database } from '@/lib/db/client';
import type { Channel } from '@/lib/delivery/port';
import { CODE_LIFE_MS } from '@/lib/otp/policy';
import { lockFree, reachOf } from '@/lib/reset/reach';

/** Held deliveries that one look takes. */
const AT_ONCE = 20;

/**
 * Gives held deliveries to their persons, whose rows were locked when they were asked for and are free now (TIM-2):
 *
 * 1. takes the deliveries that nobody else looks at; 2. share-locks those persons whose rows are free, and waits for
 * none; 3. a code's challenge becomes that person's, unless it was closed, used or has expired; 4. the delivery is queued
 * anew, by the channel that reaches the person now, or stays a decoy for good.
 *
 * Whatever held the row comes wholly before: a reset's distrust and new addresses count.
 */
export async function giveHeld(db: Database, offered: readonly Channel[], now: Date): Promise<void> {
  const reach = (channel: Channel) => reachOf(channel, offered, now);
  await db.$executeRaw`
    WITH due AS (
      SELECT id, kind, channel, "challengeId", "heldFor" FROM "Delivery"
      WHERE "heldFor" IS NOT NULL AND "queuedAt" > ${plus(now, -CODE_LIFE_MS)}
      ORDER BY "queuedAt" LIMIT ${AT_ONCE} FOR UPDATE SKIP LOCKED
    ), free AS MATERIALIZED (
      SELECT u.id, u."disabledAt", ${reach('email')} AS email, ${reach('sms')} AS sms FROM "User" u
      WHERE u.id IN (SELECT "heldFor" FROM due) ${lockFree}
    ), given AS MATERIALIZED (
      SELECT d.id, d.kind, d."challengeId", d."heldFor", CASE WHEN f."disabledAt" IS NOT NULL THEN NULL
        WHEN d.kind <> 'code' THEN d.channel::text WHEN d.channel = 'email' THEN f.email ELSE f.sms END AS channel
      FROM due d JOIN free f ON f.id = d."heldFor"
    ), bound AS (
      UPDATE "Challenge" c SET "userId" = g."heldFor" FROM given g
      WHERE c.id = g."challengeId" AND g.kind = 'code' AND g.channel IS NOT NULL AND c."closedAt" IS NULL
        AND c."consumedAt" IS NULL AND c."expiresAt" > ${now} AND COALESCE(c."userId", g."heldFor") = g."heldFor"
      RETURNING c.id, c."userId"
    ), linked AS (
      UPDATE "ActionToken" t SET "userId" = b."userId" FROM bound b WHERE t."challengeId" = b.id AND t."userId" IS NULL
    ), decided AS (
      SELECT *, channel IS NOT NULL AND (kind <> 'code' OR "challengeId" IN (SELECT id FROM bound)) AS own FROM given
    )
    UPDATE "Delivery" d SET "heldFor" = NULL,
      "userId" = CASE WHEN g.own THEN g."heldFor" END,
      channel = CASE WHEN g.own THEN g.channel::"Channel" ELSE d.channel END,
      status = CASE WHEN g.own THEN 'queued' ELSE d.status END,
      "nextAttemptAt" = CASE WHEN g.own THEN now() ELSE d."nextAttemptAt" END,
      -- A result of its time as a decoy belongs to an earlier claim.
      claims = d.claims + g.own::int,
      "sentAt" = CASE WHEN g.own THEN NULL ELSE d."sentAt" END,
      "endedAt" = CASE WHEN g.own THEN NULL ELSE d."endedAt" END
    FROM decided g WHERE d.id = g.id`;
}
