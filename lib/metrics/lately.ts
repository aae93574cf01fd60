import { hours, plus } from '@/lib/clock';
import type { Database } from '@/lib/db/client';

/** SMS with codes of the last 24 hours to one country. Times in seconds. */
export type SmsDay = {
  country: string;
  sent: number;
  delivered: number;
  failed: number;
  verified: number;
  /** From the hand-off to the receipt that says it has arrived; null where none has. */
  inbox50: number | null;
  inbox95: number | null;
};

/** @returns by country, what became of the SMS with codes that were handed over within 24 hours */
export const smsDay = (db: Database, now: Date): Promise<SmsDay[]> =>
  db.$queryRaw<SmsDay[]>`
    SELECT d.country, count(*)::int AS sent, count(d."deliveredAt")::int AS delivered,
      (count(*) FILTER (WHERE d.status = 'failed'))::int AS failed, count(DISTINCT c.id)::int AS verified,
      (percentile_cont(0.5) WITHIN GROUP (ORDER BY s.seconds))::float8 AS inbox50,
      (percentile_cont(0.95) WITHIN GROUP (ORDER BY s.seconds))::float8 AS inbox95
    FROM "Delivery" d
    LEFT JOIN "Challenge" c ON c.id = d."challengeId" AND c."consumedAt" IS NOT NULL
    CROSS JOIN LATERAL (SELECT EXTRACT(EPOCH FROM d."deliveredAt" - d."sentAt") AS seconds) s
    WHERE d.channel = 'sms' AND d.kind = 'code' AND d.country IS NOT NULL AND d."sentAt" > ${plus(now, -hours(24))}
    GROUP BY d.country ORDER BY d.country`;

/** Acts of the last hour that a limit met. */
export type Limited = { type: string; count: number };

/** @returns by the type of the event, how many limits refused or suppressed something within an hour (RL-2, VER-5, LOG-1) */
export const limitedLately = (db: Database, now: Date): Promise<Limited[]> =>
  db.$queryRaw<Limited[]>`
    SELECT type, count(*)::int AS count FROM "AuditEvent"
    WHERE at > ${plus(now, -hours(1))} AND (type LIKE '%\\_refused' OR type = 'code_suppressed') GROUP BY type`;
