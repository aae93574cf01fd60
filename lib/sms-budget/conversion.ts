import { Prisma } from '@/generated/prisma/client';
import { minutes, plus } from '@/lib/clock';
import type { Database } from '@/lib/db/client';
import { log } from '@/lib/log';
import { isStopped } from './ledger';

/**
 * How many of the codes that went to a country by SMS are typed in (RL-6). People who forgot a password use most codes;
 * numbers that earn by every SMS they get (SMS pumping) use none. All figures are ours and provisional: nobody publishes
 * better ones, and a service sees its own by `npm run sms -- show`.
 */
const conversion = {
  /** What is counted: long enough to hold a few codes of a small country, short enough to see a wave. */
  windowMs: minutes(60),
  /** Younger codes are left out: their people may still be typing. Most who type at all do so within it. */
  settlesMs: minutes(5),
  /** Fewer say nothing. Where honest people use every second code, 20 of them use fewer than 4 once in 800 hours. */
  tellFrom: 20,
  /** Below this share the operator is told. */
  tellBelow: 0.2,
  /** A stop keeps honest people from SMS, so it needs twice as many codes … */
  stopFrom: 40,
  /** … and half the share: with honest people it comes once in 100 million hours. */
  stopBelow: 0.1,
  /** How long a stop lasts. Then the country may try again, from nothing: waves end, and email has served meanwhile. */
  stopMs: minutes(60),
} as const;

type Verdict = { country: string; sent: number; proved: number; told: boolean; stopped: boolean };

const ms = (count: number): Prisma.Sql => Prisma.sql`${count}::float8 * interval '1 millisecond'`;
// As the columns keep it, so that what this statement wrote is known by its time.
const NOW = Prisma.sql`now()::timestamptz(3)`;
const stopped = isStopped(Prisma.sql`s`);

/**
 * Counts, tells and stops, in one statement. Any number of instances may do it at once: the row's own update decides which
 * of them tells. An incident begins with the first line and ends when enough codes are proved again, or after an
 * hour that was too quiet to say. Each code counts once, however often it was sent.
 * @param now the app's, by which codes are counted; stops go by the database's clock (TIM-1) @returns what changed just now
 */
export async function watchConversion(db: Database, now: Date): Promise<Verdict[]> {
  const changed = await db.$queryRaw<Verdict[]>`
    WITH counted AS (
      SELECT d.country, count(DISTINCT c.id)::int AS sent,
        (count(DISTINCT c.id) FILTER (WHERE c."consumedAt" IS NOT NULL))::int AS proved
      FROM "Delivery" d JOIN "Challenge" c ON c.id = d."challengeId" JOIN "SmsCountry" s ON s.country = d.country
      WHERE d.channel = 'sms' AND d.kind = 'code' AND d.country IS NOT NULL
        AND d."sentAt" > ${plus(now, -conversion.windowMs)} AND d."sentAt" <= ${plus(now, -conversion.settlesMs)}
        AND d."sentAt" >= COALESCE(s."countedFrom", '-infinity')
      GROUP BY d.country
    ), judged AS (
      SELECT country, sent, proved,
        sent >= ${conversion.tellFrom} AND proved < sent * ${conversion.tellBelow}::float8 AS low,
        sent >= ${conversion.stopFrom} AND proved < sent * ${conversion.stopBelow}::float8 AS bad
      FROM (SELECT s.country, COALESCE(sent, 0) AS sent, COALESCE(proved, 0) AS proved
        FROM "SmsCountry" s LEFT JOIN counted USING (country)) n
    ), concerned AS MATERIALIZED (
      -- Locked in key order, as whoever books locks them.
      SELECT j.* FROM judged j JOIN "SmsCountry" s ON s.country = j.country
      WHERE (j.low AND s."lowSince" IS NULL) OR (j.bad AND NOT ${stopped})
        OR (NOT j.low AND s."lowSince" <= now() - CASE WHEN j.sent >= ${conversion.tellFrom} THEN interval '0'
          ELSE ${ms(conversion.windowMs)} END)
      ORDER BY s.country FOR UPDATE OF s
    ), changed AS (
      UPDATE "SmsCountry" s SET
        "lowSince" = CASE WHEN j.low THEN COALESCE(s."lowSince", ${NOW}) END,
        "stoppedBy" = CASE WHEN j.bad AND NOT ${stopped} THEN 'conversion'::"SmsStopper" ELSE s."stoppedBy" END,
        "stoppedAt" = CASE WHEN j.bad AND NOT ${stopped} THEN ${NOW} ELSE s."stoppedAt" END,
        "stoppedUntil" = CASE WHEN j.bad AND NOT ${stopped} THEN ${NOW} + ${ms(conversion.stopMs)} ELSE s."stoppedUntil" END,
        "countedFrom" = CASE WHEN j.bad AND NOT ${stopped} THEN ${plus(now, conversion.stopMs)} ELSE s."countedFrom" END
      FROM concerned j WHERE s.country = j.country
      RETURNING s.country, j.sent, j.proved, COALESCE(s."lowSince" = ${NOW}, false) AS told,
        COALESCE(s."stoppedBy" = 'conversion' AND s."stoppedAt" = ${NOW}, false) AS stopped
    ), recorded AS (
      INSERT INTO "AuditEvent" (at, type, detail)
      SELECT ${now}, 'sms_stopped', jsonb_build_object('country', country, 'by', 'conversion') FROM changed WHERE stopped
    )
    SELECT country, sent, proved, told, stopped FROM changed WHERE told OR stopped ORDER BY country`;
  for (const { stopped, told: _, ...counts } of changed)
    log.error(
      { alert: 'sms-conversion', ...counts, stopped },
      stopped ? 'hardly a code is used there: no SMS for an hour, codes go by email' : 'few codes are used there',
    );
  return changed;
}
