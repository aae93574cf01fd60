import { Prisma } from '@/generated/prisma/client';
import type { Database } from '@/lib/db/client';
import type { Channel } from '@/lib/delivery/port';
import { type FailureClass, readTwilioError } from '@/lib/delivery/provider-errors';
import type { Receipt, TwilioStatus } from '@/lib/delivery/twilio/receipt';
import { carries } from '@/lib/limits/carried';
import { log } from '@/lib/log';
import { isDevices } from '@/lib/otp/guesses';
import { distrusted } from '@/lib/users/distrust';

/** `failoverId` is the delivery that now carries the code by the other channel: somebody should dispatch it. */
export type ReceiptOutcome =
  | { status: 'recorded'; delivery: 'sent' | 'delivered' | 'failed'; failoverId: string | null }
  /** Said before, overtaken by a later one, or about nothing that we sent. */
  | { status: 'unchanged' };

/** @param offered channels that have a transport @param now the time that codes live by */
export type ReceiptInput = Receipt & { offered: readonly Channel[]; now: Date };

/** Any word from Twilio proves that it has the message: for us that is `sent`. */
const meaning: Record<TwilioStatus, 'sent' | 'delivered' | 'failed'> = {
  accepted: 'sent',
  queued: 'sent',
  sending: 'sent',
  sent: 'sent',
  delivered: 'delivered',
  undelivered: 'failed',
  failed: 'failed',
};

/**
 * Writes what Twilio says about an SMS (DEL-8), and where it did not arrive queues the same code for the person's other
 * channel (DEL-7), all in one statement. That holds for every class: Twilio had the message and lost it, so a second SMS
 * would take the way that has just failed. Deliveries end once: what comes after `delivered`, `failed` or
 * `abandoned` changes nothing, so any order and any number of repeats end alike. A receipt may come before our own
 * result is written; whoever writes that finds the row no longer `sending`, and nobody sends it a second time.
 */
export async function recordReceipt(db: Database, receipt: ReceiptInput): Promise<ReceiptOutcome> {
  const { deliveryId, messageId, errorCode, now } = receipt;
  const at = Prisma.sql`${now}::timestamptz`;
  const delivery = meaning[receipt.status];
  const failure = delivery === 'failed' ? { class: classOf(errorCode), code: errorCode } : { class: null, code: null };
  const ends = delivery !== 'sent';
  const [row] = await db.$queryRaw<{ failoverId: string | null; correlationId: string | null }[]>`
    WITH receipt AS (
      UPDATE "Delivery" SET status = ${delivery}::"DeliveryStatus", "providerMessageId" = ${messageId},
        transport = COALESCE(transport, 'twilio'), "errorClass" = ${failure.class}::"FailureClass",
        "errorCode" = ${failure.code}, "sentAt" = COALESCE("sentAt", ${at}),
        "deliveredAt" = CASE WHEN ${delivery === 'delivered'} THEN ${at} END,
        "endedAt" = CASE WHEN ${ends} THEN ${at} ELSE COALESCE("endedAt", ${at}) END
      WHERE id = ${deliveryId}::uuid AND channel = 'sms' AND "userId" IS NOT NULL
        AND ("providerMessageId" IS NULL OR "providerMessageId" = ${messageId})
        AND (status IN ('queued', 'sending') OR (status = 'sent' AND (${ends} OR "providerMessageId" IS NULL)))
      RETURNING id, kind, "challengeId", "userId", "failoverOf", "errorCode"
    ), failover AS (${failover(receipt, failure.class)}
    ), audited AS (
      INSERT INTO "AuditEvent" (at, type, "subjectId", "correlationId", detail)
      SELECT ${now}, ${`delivery_${delivery}`}, "userId", "challengeId",
        jsonb_strip_nulls(jsonb_build_object('delivery', id, 'kind', kind, 'channel', 'sms', 'errorCode', "errorCode"))
      FROM receipt WHERE ${ends}
    )
    SELECT (SELECT id FROM failover) AS "failoverId", "challengeId" AS "correlationId" FROM receipt`;
  if (!row) return { status: 'unchanged' };
  const known = { correlationId: row.correlationId, deliveryId };
  if (delivery === 'failed') log.warn({ ...known, errorClass: failure.class, errorCode }, 'delivery failed');
  else log.info({ ...known, status: delivery }, 'a receipt came');
  return { status: 'recorded', delivery, failoverId: row.failoverId };
}

const classOf = (errorCode: string | null): FailureClass => readTwilioError(errorCode ?? '').class;

/**
 * SQL for the same code by email, where it still helps: the code lives, the address is verified, may be used and was
 * not tried before, and has had no more codes than its number (RL-2). "failoverOf" is unique, so that it happens once.
 */
function failover({ offered, now }: ReceiptInput, failed: FailureClass | null): Prisma.Sql {
  const wanted = failed !== null && offered.includes('email');
  return Prisma.sql`
    INSERT INTO "Delivery" (kind, channel, "challengeId", "userId", "queuedAt", "failoverOf")
    SELECT kind, 'email', "challengeId", "userId", ${now}, id FROM (
    SELECT receipt.kind, c.id AS "challengeId", u.id AS "userId", receipt.id, c."identifierHash", c."guessKey"
    FROM receipt JOIN "Challenge" c ON c.id = receipt."challengeId" JOIN "User" u ON u.id = receipt."userId"
    WHERE ${wanted} AND receipt.kind = 'code' AND receipt."failoverOf" IS NULL
      AND c."expiresAt" > ${now} AND c."consumedAt" IS NULL AND c."closedAt" IS NULL AND c.attempts < c."maxAttempts"
      AND u."emailVerifiedAt" IS NOT NULL AND u."disabledAt" IS NULL
      AND NOT ${distrusted(Prisma.sql`'email'`, now)}
    OFFSET 0) helps
    WHERE ${isDevices(Prisma.sql`"guessKey"`)} OR ${carries(Prisma.sql`'email'`, Prisma.sql`"identifierHash"`, Prisma.sql`${now}`)}
    ON CONFLICT ("failoverOf") DO NOTHING
    RETURNING id`;
}
