import { Prisma } from '@/generated/prisma/client';
import { hours, minutes, plus } from '@/lib/clock';
import type { Database } from '@/lib/db/client';
import { CODE_LIFE_MS, GRANT_LIFE_MS } from '@/lib/otp/policy';

/** What is counted of the codes that were asked for in a span of time. */
export type What =
  /** People who asked: real ones, by the channel that they asked by first. */
  | 'requested'
  | 'sent'
  /** Taken by the mail provider, or delivered by the phone's. */
  | 'accepted'
  | 'verified'
  | 'reset'
  | 'failedOver'
  /** Ended without reaching anybody, by the class of the error. */
  | 'failed recipient'
  | 'failed account'
  | 'failed passing'
  | 'failed other'
  /** Looked like a request and was none: nobody's address, or past a limit. */
  | 'decoy'
  /** Codes with more than six digits, and wrong codes, whoever's. */
  | 'lengthened'
  | 'wrong'
  /** Limits that refused requests, codes or sign-ins, each once an hour (RL-2, VER-5, LOG-1). */
  | 'refused'
  /** Times, on a scale: from the request to the provider, and to the right code. */
  | 'handoff'
  | 'typed';

/** A point of a chart: how many in the stretch of time that begins at `at`. */
export type Tallied = { at: Date; what: What; channel: 'email' | 'sms' | '-'; step: number; count: number };

/** Steps of 13 %: what a person takes for the same. */
const STEPS_PER_E = 8;
/** @param step of the scale @returns ms in its middle */
export const msOfStep = (step: number): number => Math.exp((step + 0.5) / STEPS_PER_E);

/** What happens to a code happens within this time of its request. */
const SETTLED_MS = CODE_LIFE_MS + GRANT_LIFE_MS;

const counted = (what: What, where: Prisma.Sql, channel = Prisma.sql`channel`): Prisma.Sql =>
  Prisma.sql`SELECT at, ${what}::text AS what, ${channel}::text AS channel, 0 AS step, count(*)::int AS count
    FROM told WHERE ${where} GROUP BY 1, 3`;
const timed = (what: What, ms: Prisma.Sql): Prisma.Sql =>
  Prisma.sql`SELECT at, ${what}::text, channel, floor(ln(GREATEST(${ms}, 1)) * ${STEPS_PER_E}::int)::int, count(*)::int
    FROM told WHERE real AND ${ms} IS NOT NULL GROUP BY 1, 3, 4`;
const ms = (from: string, to: string): Prisma.Sql => Prisma.raw(`EXTRACT(EPOCH FROM ("${to}" - "${from}")) * 1000`);

const stretch = (strideMs: number, column: string): Prisma.Sql =>
  Prisma.sql`date_bin(${strideMs}::int * interval '1 millisecond', ${Prisma.raw(column)}, 'epoch'::timestamptz)`;

/**
 * SQL for what became of the codes asked for from `from` on and before `to`, in stretches of `strideMs`. Everything of
 * a code counts where its request was. Challenges are found by their end, which is ten minutes after their beginning.
 */
function tallied(from: Date, to: Date, strideMs: number): Prisma.Sql {
  return Prisma.sql`
    WITH told AS MATERIALIZED (
      SELECT ${stretch(strideMs, 'c."createdAt"')} AS at,
        c."createdAt", c."consumedAt", c."grantSpentAt", c.digits, c.attempts - c.inherited AS tries,
        c."userId" IS NOT NULL AS real, COALESCE(d.tried, a.asked) AS channel, d."sentAt", d.accepted, d.over, d.failed
      FROM "Challenge" c CROSS JOIN LATERAL (
        SELECT (array_agg(channel::text ORDER BY "queuedAt"))[1] AS tried, min("sentAt") AS "sentAt",
          bool_or("deliveredAt" IS NOT NULL OR (channel = 'email' AND status = 'sent')) AS accepted,
          bool_or("failoverOf" IS NOT NULL) AS over,
          CASE WHEN bool_and(status = 'failed')
            THEN COALESCE((array_agg("errorClass"::text ORDER BY "queuedAt" DESC))[1], 'other') END AS failed
        FROM "Delivery" WHERE "challengeId" = c.id
      ) d CROSS JOIN LATERAL (
        -- A decoy's delivery is gone with its code; what was asked for first is what was not asked for again later.
        SELECT CASE WHEN c."userId" IS NULL THEN CASE WHEN c."smsRequestedAt" IS NULL
          OR c."emailRequestedAt" <= c."smsRequestedAt" THEN 'email' ELSE 'sms' END END AS asked
      ) a
      WHERE c."expiresAt" >= ${plus(from, CODE_LIFE_MS)} AND c."expiresAt" < ${plus(to, CODE_LIFE_MS)}
        AND c.purpose = 'password_reset' AND COALESCE(d.tried, a.asked) IS NOT NULL
    )
    ${counted('requested', Prisma.sql`real`)}
    UNION ALL ${counted('sent', Prisma.sql`real AND "sentAt" IS NOT NULL`)}
    UNION ALL ${counted('accepted', Prisma.sql`real AND accepted`)}
    UNION ALL ${counted('verified', Prisma.sql`real AND "consumedAt" IS NOT NULL`)}
    UNION ALL ${counted('reset', Prisma.sql`real AND "grantSpentAt" IS NOT NULL`)}
    UNION ALL ${counted('failedOver', Prisma.sql`real AND over`)}
    UNION ALL ${counted('decoy', Prisma.sql`NOT real`)}
    UNION ALL ${counted('lengthened', Prisma.sql`digits > 6`, Prisma.sql`'-'`)}
    UNION ALL SELECT at, 'failed ' || failed, channel, 0, count(*)::int FROM told
      WHERE real AND failed IS NOT NULL GROUP BY 1, 2, 3
    UNION ALL SELECT at, 'wrong', '-', 0, sum(tries - ("consumedAt" IS NOT NULL)::int)::int FROM told GROUP BY 1
    UNION ALL SELECT ${stretch(strideMs, 'at')}, 'refused', '-', 0, count(*)::int FROM "AuditEvent"
      WHERE at >= ${from} AND at < ${to} AND type LIKE '%\\_refused' GROUP BY 1
    UNION ALL ${timed('handoff', ms('createdAt', 'sentAt'))}
    UNION ALL ${timed('typed', ms('createdAt', 'consumedAt'))}`;
}

const HOUR = hours(1);
const hourOf = (at: Date): Date => new Date(Math.floor(at.getTime() / HOUR) * HOUR);
/** Challenges are kept for two days: what was not counted by then is not counted any more. */
const LOOK_BACK_MS = hours(46);
/** How long tallies are kept: a year beside the year before. */
const KEPT_MS = hours(24 * 750);

/** A client, or a transaction that sees one moment. */
type Reader = Pick<Database, 'tally' | '$queryRaw'>;

/** The first hour that is not counted yet. */
async function uncounted(db: Reader, now: Date): Promise<Date> {
  const last = await db.tally.findFirst({ orderBy: { hour: 'desc' }, select: { hour: true } });
  const earliest = hourOf(plus(now, -LOOK_BACK_MS));
  const next = last ? plus(last.hour, HOUR) : earliest;
  return new Date(Math.max(+next, +earliest));
}

/**
 * Counts the hours that are over and settled, all that are missing in one statement; the sweep runs it. Of any number of
 * processes at once one counts, the others change nothing.
 */
export async function tallyHours(db: Database, now: Date): Promise<void> {
  const end = hourOf(plus(now, -SETTLED_MS - minutes(1)));
  const first = await uncounted(db, now);
  if (first >= end) return;
  await db.$executeRaw`
    WITH inserted AS (INSERT INTO "Tally" (hour, what, channel, step, count)
    SELECT at, what, channel, step, count FROM (${tallied(first, end, HOUR)}) t
    UNION ALL SELECT hour, 'counted', '-', 0, 1
      FROM generate_series(${first}::timestamptz, ${plus(end, -HOUR)}::timestamptz, interval '1 hour') AS hour
    ON CONFLICT DO NOTHING RETURNING what, channel, step, count)
    INSERT INTO "TallyTotal" AS t SELECT what, channel, step, sum(count) FROM inserted WHERE what <> 'counted'
      GROUP BY 1, 2, 3 ORDER BY 1, 2, 3
    ON CONFLICT (what, channel, step) DO UPDATE SET count = t.count + EXCLUDED.count`;
  await db.tally.deleteMany({ where: { hour: { lt: plus(now, -KEPT_MS) } } });
}

/**
 * What became of the codes asked for since `from`: the hours that were counted, and the rest from the rows themselves.
 * @param strideMs of each point; under an hour everything is read from the rows
 */
export async function talliesSince(db: Database, from: Date, now: Date, strideMs: number): Promise<Tallied[]> {
  const fresh = strideMs < HOUR ? from : await uncounted(db, now);
  const [kept, live] = await Promise.all([
    strideMs < HOUR
      ? []
      : db.$queryRaw<Tallied[]>`
          SELECT hour AS at, what, channel, step, count FROM "Tally"
          WHERE hour >= ${from} AND hour < ${fresh} AND what <> 'counted'`,
    db.$queryRaw<Tallied[]>`${tallied(fresh > from ? fresh : from, plus(now, 1), strideMs)}`,
  ]);
  return [...kept, ...live];
}

/** The hours that are not counted yet, summed up from their rows. Beside `TallyTotal` within one snapshot it is all. */
export const uncountedTotals = async (db: Reader, now: Date): Promise<Omit<Tallied, 'at'>[]> =>
  db.$queryRaw`
    SELECT what, channel, step, sum(count)::int AS count
    FROM (${tallied(await uncounted(db, now), plus(now, 1), HOUR)}) t GROUP BY 1, 2, 3`;
