import { Prisma } from '@/generated/prisma/client';
import type { Database } from '@/lib/db/client';
import type { SmsCost } from './cost';
import { EVERYWHERE } from './country';

/** One SMS that is about to leave. `micros` is its price, null where none is set. */
export type Wanted = { country: string; micros: number | null };

/** Booked on that UTC day (`2026-11-22`), or why it must not leave. */
export type Booked = { held: null; day: string } | { held: 'sms-stopped' | 'sms-budget' };

/** A budget that has been used up to 80 %, or whole, for the first time that day. Money in millionths. */
export type BudgetAlert = { country: string; percent: 80 | 100; spent: number; budget: number };

/** What a provider did not take after all. */
export type GiveBack = { country: string; day: string; micros: number };

/** The share of a day's budget at which the operator is told. */
const TELL_AT = 0.8;

export const UTC_DAY = Prisma.sql`(now() AT TIME ZONE 'UTC')::date`;

/** Whether a row of SmsCountry, under this name, lets nothing leave at the moment. */
export const isStopped = (row: Prisma.Sql): Prisma.Sql =>
  Prisma.sql`(${row}."stoppedBy" IS NOT NULL AND COALESCE(${row}."stoppedUntil" > now(), true))`;

type Row = { place: number; held: 'sms-stopped' | 'sms-budget' | null; day: string; alerts: BudgetAlert[] | null };

/**
 * Books any number of SMS in one statement, in their order, before a socket is opened for them: the rows of their
 * countries and of all together are locked, so that several instances at once never book more than the day's budget, and
 * what an operator has stopped is stopped with the next statement (RL-6). Where one does not fit, a dearer one before it
 * in the same statement may be why: a budget is kept rather than used to the last cent.
 */
export async function bookSms(
  db: Database,
  { budgets }: SmsCost,
  wanted: readonly Wanted[],
): Promise<{ booked: Booked[]; alerts: BudgetAlert[] }> {
  const booked: (Booked | undefined)[] = wanted.map(() => undefined);
  const alerts: BudgetAlert[] = [];
  for (const firstTime of [true, false]) {
    const left = wanted.flatMap((one, place) => (booked[place] ? [] : [{ ...one, place }]));
    if (left.length === 0) break;
    // A country that was never written to has no row yet.
    if (!firstTime) await openAccounts(db, new Set(left.map(({ country }) => country)));
    const asked = left.map((one) => ({ ...one, micros: one.micros ?? 0, budget: budgets.get(one.country) ?? null }));
    const rows = await book(db, asked, budgets.get(EVERYWHERE) ?? null);
    for (const { place, held, day } of rows) booked[place] = held ? { held } : { held, day };
    alerts.push(...(rows[0]?.alerts ?? []));
  }
  // Somebody has emptied the table between the two: nothing leaves unbooked.
  return { booked: booked.map((one) => one ?? { held: 'sms-stopped' }), alerts };
}

function book(
  db: Database,
  asked: readonly (Wanted & { place: number; budget: number | null })[],
  total: number | null,
): Promise<Row[]> {
  return db.$queryRaw<Row[]>`
    WITH asked AS MATERIALIZED (
      SELECT * FROM jsonb_to_recordset(${JSON.stringify(asked)}::jsonb)
        AS a(place int, country text, micros bigint, budget bigint)
    ), account AS MATERIALIZED (
      -- A day that another instance has begun meanwhile stays begun. Rows are locked in key order.
      SELECT s.country, GREATEST(s."spentOn", ${UTC_DAY}) AS day, ${isStopped(Prisma.sql`s`)} AS stopped,
        CASE WHEN s."spentOn" >= ${UTC_DAY} THEN s."spentMicros" ELSE 0 END AS spent,
        CASE WHEN s."spentOn" >= ${UTC_DAY} THEN s.alerted ELSE 0 END AS alerted
      FROM "SmsCountry" s WHERE s.country IN (SELECT country FROM asked UNION SELECT ${EVERYWHERE})
      ORDER BY s.country FOR UPDATE
    ), inside AS (
      SELECT a.*, c.day, CASE WHEN w.stopped OR c.stopped THEN 'sms-stopped'
        WHEN c.spent + sum(a.micros) OVER (PARTITION BY a.country ORDER BY a.place) > a.budget THEN 'sms-budget' END AS held
      FROM asked a JOIN account c ON c.country = a.country JOIN account w ON w.country = ${EVERYWHERE}
    ), judged AS (
      SELECT i.place, i.country, i.micros, i.budget, i.day, i.held AS "heldInside", COALESCE(i.held,
        CASE WHEN w.spent + sum(i.micros) FILTER (WHERE i.held IS NULL) OVER (ORDER BY i.place) > ${total}::bigint
          THEN 'sms-budget' END) AS held
      FROM inside i JOIN account w ON w.country = ${EVERYWHERE}
    ), sums AS (
      SELECT country, COALESCE(sum(micros) FILTER (WHERE held IS NULL), 0) AS micros, max(budget) AS budget,
        bool_or("heldInside" = 'sms-budget') AS refused FROM judged GROUP BY country
      UNION ALL
      SELECT ${EVERYWHERE}, COALESCE(sum(micros) FILTER (WHERE held IS NULL), 0), ${total}::bigint,
        bool_or(held = 'sms-budget' AND "heldInside" IS NULL) FROM judged HAVING count(*) > 0
    ), written AS (
      UPDATE "SmsCountry" s SET "spentOn" = c.day, "spentMicros" = c.spent + m.micros,
        alerted = GREATEST(c.alerted, CASE WHEN m.refused OR c.spent + m.micros >= m.budget THEN 100
          WHEN c.spent + m.micros >= m.budget * ${TELL_AT}::float8 THEN 80 ELSE 0 END)
      FROM account c JOIN sums m ON m.country = c.country WHERE s.country = c.country
      RETURNING s.country, s.alerted AS percent, c.alerted AS before, s."spentMicros" AS spent, m.budget
    )
    SELECT place, held, to_char(day, 'YYYY-MM-DD') AS day, (SELECT jsonb_agg(w) FROM written w WHERE percent > before) AS alerts
    FROM judged ORDER BY place`;
}

/** Makes the rows that are booked on and stopped. */
export async function openAccounts(db: Pick<Database, '$executeRaw'>, countries: Iterable<string>): Promise<void> {
  await db.$executeRaw`
    INSERT INTO "SmsCountry" (country, "spentOn")
    SELECT country, ${UTC_DAY} FROM unnest(${[...countries, EVERYWHERE]}::text[]) AS c(country) ORDER BY country
    ON CONFLICT (country) DO NOTHING`;
}

/**
 * SQL that takes back what was booked for SMS that no provider took: of the same day only, and once for each try, though
 * its result were written again. `first` is a query that must be through before it: all that lock more than one table do
 * so in one order.
 * @param given each with its delivery and the number of its try
 */
export const takeBack = (
  given: readonly (GiveBack & { id: string; attempt: number | null })[],
  first: Prisma.Sql,
): Prisma.Sql => Prisma.sql`
  UPDATE "SmsCountry" s SET "spentMicros" = GREATEST(0, s."spentMicros" - v.micros)
  FROM (
    SELECT o.country, g.day, g.micros FROM (
      SELECT country, day, sum(micros) AS micros
      FROM jsonb_to_recordset(${JSON.stringify(given)}::jsonb)
        AS g(country text, day date, micros bigint, id uuid, attempt int)
      JOIN "DeliveryAttempt" a ON a."deliveryId" = g.id AND a.number = g.attempt AND a."endedAt" IS NULL
      GROUP BY GROUPING SETS ((country, day), (day))
    ) g JOIN "SmsCountry" o ON o.country = COALESCE(g.country, ${EVERYWHERE})
    WHERE (${first}) IS NOT NULL ORDER BY o.country FOR UPDATE OF o
  ) v WHERE s.country = v.country AND s."spentOn" = v.day`;
