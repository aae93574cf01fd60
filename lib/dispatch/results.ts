import { Prisma } from '@/generated/prisma/client';
import type { Database } from '@/lib/db/client';
import type { Channel } from '@/lib/delivery/port';
import { carries } from '@/lib/limits/carried';
import { isDevices } from '@/lib/otp/guesses';
import { type GiveBack, takeBack } from '@/lib/sms-budget/ledger';
import { updateCircuits } from './circuits';

/** How one claim ended, ready to be written. */
export type Result = {
  id: string;
  claim: number;
  /** The number of the try, null where no provider was asked. */
  attempt: number | null;
  status: 'sent' | 'failed' | 'abandoned' | 'queued';
  transport: string | null;
  messageId: string | null;
  errorClass: 'recipient' | 'account' | 'passing' | null;
  errorCode: string | null;
  answer: string | null;
  /** ms until a queued row is due again. */
  retryInMs: number;
  /** The channel that carries the same code instead. */
  failover: Channel | null;
  recipientMasked: string | null;
  recipientHash: string | null;
  /** What it says of the transport: that it works, that it must rest, or that it may have to. */
  verdict: 'works' | 'stop' | 'doubt' | null;
  probe: boolean;
  /** It was withheld before a socket was opened: no try, and its transport's token may be another's. */
  unused: boolean;
  /** Of an SMS that a provider took, or may have taken: its country, and in millionths all that its row has cost. */
  country: string | null;
  cost: number | null;
  /** What had been booked for an SMS that nobody took. */
  giveBack: GiveBack | null;
};

/**
 * Writes how claims ended, any number in one statement: the rows, their tries, the failovers that follow, the circuits,
 * the audit (AUD-1), and the money that was not spent after all. What was abandoned or withheld asked no provider: it leaves
 * no try behind, so that a dispute does not distrust a channel for it (POST-3). A result whose lease ended and whose row
 * somebody else claimed since changes nothing; a receipt that came before it stays (DEL-8, DEL-10).
 * @param now when they ended, on the app's clock @returns how many failovers were queued
 */
export async function writeResults(db: Database, results: readonly Result[], now: Date): Promise<number> {
  if (results.length === 0) return 0;
  const at = Prisma.sql`${now}::timestamptz`;
  const back = results.flatMap((one) => (one.giveBack ? [{ ...one.giveBack, id: one.id, attempt: one.attempt }] : []));
  const [row] = await db.$queryRaw<{ failovers: number }[]>`
    WITH r AS (
      SELECT * FROM jsonb_to_recordset(${JSON.stringify(results)}::jsonb) AS r(id uuid, claim int, attempt int,
        status text, transport text, "messageId" text, "errorClass" text, "errorCode" text, answer text,
        "retryInMs" float8, failover text, "recipientMasked" text, "recipientHash" text, country text, cost bigint,
        unused bool)
      -- Changes nothing but the plan: for so few rows nobody reads whole tables.
      LIMIT ${results.length}
    ), written AS (
      UPDATE "Delivery" d SET
        status = CASE WHEN d.status = 'sending' THEN r.status::"DeliveryStatus" ELSE d.status END,
        attempts = CASE WHEN r.status = 'abandoned' OR r.unused THEN COALESCE(r.attempt - 1, d.attempts) ELSE d.attempts END,
        "nextAttemptAt" = now() + r."retryInMs" * interval '1 millisecond',
        "providerMessageId" = COALESCE(d."providerMessageId", r."messageId"),
        "errorClass" = CASE WHEN d.status = 'sending' THEN r."errorClass"::"FailureClass" ELSE d."errorClass" END,
        "errorCode" = CASE WHEN d.status = 'sending' THEN r."errorCode" ELSE d."errorCode" END,
        "sentAt" = CASE WHEN r.status = 'sent' THEN COALESCE(d."sentAt", ${at}) ELSE d."sentAt" END,
        "endedAt" = CASE WHEN d.status = 'sending' AND r.status = 'queued' THEN NULL ELSE COALESCE(d."endedAt", ${at}) END,
        "recipientMasked" = COALESCE(r."recipientMasked", d."recipientMasked"),
        "recipientHash" = COALESCE(r."recipientHash", d."recipientHash"),
        country = COALESCE(r.country, d.country), cost = COALESCE(r.cost, d.cost)
      FROM r WHERE d.id = r.id AND d.claims = r.claim AND d.status IN ('sending', 'sent', 'delivered', 'failed')
      RETURNING d.id, d.kind, d.channel, d.status, d."challengeId", d."userId", r.failover, r.attempt, r.status AS said,
        r."errorClass", r."errorCode", r.answer, r.status = 'abandoned' OR r.unused AS untried
    ), tried AS (
      UPDATE "DeliveryAttempt" a SET "endedAt" = ${at}, accepted = (w.said = 'sent'),
        "errorClass" = w."errorClass"::"FailureClass", "errorCode" = w."errorCode", answer = w.answer
      FROM written w WHERE a."deliveryId" = w.id AND a.number = w.attempt AND NOT w.untried
    ), untried AS (
      DELETE FROM "DeliveryAttempt" a USING written w
      WHERE a."deliveryId" = w.id AND a.number = w.attempt AND w.untried
    ), audited AS (
      INSERT INTO "AuditEvent" (at, type, "subjectId", "correlationId", detail)
      SELECT ${at}, CASE said WHEN 'sent' THEN 'delivery_sent' ELSE 'delivery_failed' END, "userId", "challengeId",
        jsonb_strip_nulls(jsonb_build_object('delivery', id, 'kind', kind, 'channel', channel, 'errorCode', "errorCode"))
      FROM written WHERE said IN ('sent', 'failed') AND "userId" IS NOT NULL
    ), circuits AS (
      ${updateCircuits(results)} RETURNING t.name
    )${back.length > 0 ? Prisma.sql`, money AS (${takeBack(back, Prisma.sql`SELECT count(*) FROM circuits`)})` : Prisma.empty}, fallbacks AS MATERIALIZED (
      -- In one order everywhere, because each of them locks what its address has had by the other channel (RL-2).
      SELECT f.*, CASE WHEN kind <> 'code' OR "identifierHash" IS NULL OR ${isDevices(Prisma.sql`"guessKey"`)} THEN true
        ELSE ${carries(Prisma.sql`failover`, Prisma.sql`"identifierHash"`, Prisma.sql`${at}`)} END AS room
      FROM (
        SELECT w.*, c."identifierHash", c."guessKey" FROM written w LEFT JOIN "Challenge" c ON c.id = w."challengeId"
        WHERE failover IS NOT NULL AND w.status = 'failed' AND said = 'failed' ORDER BY c."identifierHash", failover
      ) f
    ), over AS (
      INSERT INTO "Delivery" (kind, channel, "challengeId", "userId", "queuedAt", "failoverOf")
      SELECT kind, failover::"Channel", "challengeId", "userId", ${at}, id FROM fallbacks WHERE room
      ON CONFLICT ("failoverOf") DO NOTHING RETURNING id
    )
    SELECT count(*)::int AS failovers FROM over`;
  return row?.failovers ?? 0;
}
