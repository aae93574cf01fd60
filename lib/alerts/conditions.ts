import { Prisma } from '@/generated/prisma/client';
import { hours, minutes, plus, seconds } from '@/lib/clock';
import type { Database } from '@/lib/db/client';
import { signInsKey } from '@/lib/limits/site-wide-sign-ins';
import { crowdEarlier, crowdMark, crowdThisHour } from '@/lib/otp/guesses';
import { FAILED_SIGN_INS } from '@/lib/proof/marks';
import type { SmsCost } from '@/lib/sms-budget/cost';
import { EVERYWHERE } from '@/lib/sms-budget/country';

/** What an operator is told of (OBS-2). */
export type AlertKind =
  | 'provider_account'
  | 'provider_down'
  | 'quota'
  | 'sms_budget'
  | 'failures'
  | 'conversion'
  | 'outbox'
  | 'guessing'
  | 'sign_ins';

/** Something that is wrong at this moment. */
export type Condition = {
  kind: AlertKind;
  /** A transport, a channel, a country; * where it is about all. */
  about: string;
  /** Plain numbers and an error's code; nothing of anybody. */
  figures: Record<string, number | string>;
};

export type Watched = {
  /** Transports with a limit a day, and what of it is used. */
  quotas: readonly { name: string; used: number; perDay: number }[];
  smsCost: SmsCost;
};

/** The share of a day that says that it may not suffice. */
const NEARLY = 0.8;
/** Failures for good within 15 minutes that are more than bad luck: so many, and so much of all that ended. */
const MANY_FAILURES = { count: 10, share: 0.25 };
/** A circuit that has opened so often in a row has been open for almost two minutes. */
const OPENINGS = 3;

const figures = (...parts: Prisma.Sql[]): Prisma.Sql => Prisma.sql`jsonb_build_object(${Prisma.join(parts)})`;
const figure = (name: string, value: Prisma.Sql): Prisma.Sql => Prisma.sql`${name}::text, ${value}`;

/** @returns all that is wrong now, in one statement. Reads indexes only: the last minutes, and small tables */
export async function conditionsNow(db: Database, { quotas, smsCost }: Watched, now: Date): Promise<Condition[]> {
  const found = await db.$queryRaw<Condition[]>`
    ${providers(now)}
    UNION ALL ${budgets(smsCost)}
    UNION ALL ${failures(now)}
    UNION ALL ${conversion}
    UNION ALL ${outbox(now)}
    UNION ALL ${guessing(now)}
    UNION ALL ${signIns(now)}`;
  const spent = quotas
    .filter(({ used, perDay }) => used >= perDay * NEARLY)
    .map(({ name, used, perDay }): Condition => ({ kind: 'quota', about: name, figures: { used, perDay } }));
  return [...found, ...spent];
}

/** What concerns the account is wrong until something is taken again; the rest once it lasts. */
const providers = (now: Date): Prisma.Sql => Prisma.sql`
  SELECT CASE WHEN account THEN 'provider_account' ELSE 'provider_down' END AS kind, name AS about,
    ${figures(figure('error', Prisma.sql`COALESCE("lastError", '')`))} AS figures
  FROM (
    SELECT t.name, t."lastError", t.openings, COALESCE((
      SELECT a."errorClass" = 'account' FROM "DeliveryAttempt" a
      WHERE a.transport = t.name AND a."startedAt" > ${plus(now, -hours(24))} AND a."endedAt" IS NOT NULL
        AND (a.accepted OR a."errorClass" IN ('account', 'passing'))
      ORDER BY a."startedAt" DESC LIMIT 1
    ), false) AS account FROM "Transport" t WHERE t."openUntil" IS NOT NULL OR t.failures > 0
  ) t WHERE account OR openings >= ${OPENINGS}`;

function budgets({ budgets }: SmsCost): Prisma.Sql {
  const rows = JSON.stringify([...budgets].map(([country, micros]) => ({ country, micros })));
  return Prisma.sql`
    SELECT 'sms_budget', s.country, ${figures(
      figure('spent', Prisma.sql`round(s."spentMicros" / 1e6, 2)`),
      figure('budget', Prisma.sql`round(b.micros / 1e6, 2)`),
    )}
    FROM "SmsCountry" s JOIN jsonb_to_recordset(${rows}::jsonb) AS b(country text, micros numeric) USING (country)
    WHERE s."spentOn" >= (now() AT TIME ZONE 'UTC')::date AND s."spentMicros" >= b.micros * ${NEARLY}::float8`;
}

const failures = (now: Date): Prisma.Sql => Prisma.sql`
  SELECT 'failures', channel::text, ${figures(
    figure('failed', Prisma.sql`failed`),
    figure('ended', Prisma.sql`ended`),
    figure('minutes', Prisma.sql`15`),
  )}
  FROM (
    SELECT channel, count(*) AS ended, count(*) FILTER (WHERE status = 'failed') AS failed FROM "Delivery"
    WHERE "queuedAt" > ${plus(now, -minutes(15))} AND kind = 'code' AND "userId" IS NOT NULL
      AND status IN ('sent', 'delivered', 'failed') GROUP BY channel
  ) d WHERE failed >= ${MANY_FAILURES.count} AND failed > ended * ${MANY_FAILURES.share}::float8`;

const conversion = Prisma.sql`
  SELECT 'conversion', country, ${figures(
    figure('stopped', Prisma.sql`(COALESCE("stoppedBy" = 'conversion' AND "stoppedUntil" > now(), false))::int`),
  )}
  FROM "SmsCountry"
  WHERE "lowSince" IS NOT NULL OR ("stoppedBy" = 'conversion' AND "stoppedUntil" > now())`;

/** A code that nobody has tried to send for a minute; retries wait because of their own recipient. */
const outbox = (now: Date): Prisma.Sql => Prisma.sql`
  SELECT 'outbox', ${EVERYWHERE}, ${figures(
    figure('waiting', Prisma.sql`count(*)`),
    figure('oldestSeconds', Prisma.sql`floor(EXTRACT(EPOCH FROM ${now}::timestamptz - min("queuedAt")))`),
  )}
  FROM "Delivery" WHERE status IN ('queued', 'sending') AND kind IN ('code', 'second_step') AND "userId" IS NOT NULL
    AND attempts = 0 AND "queuedAt" < ${plus(now, -seconds(60))}
  HAVING count(*) > 0`;

const guessing = (now: Date): Prisma.Sql => Prisma.sql`
  SELECT 'guessing', ${EVERYWHERE}, ${figures(figure('wrong', Prisma.sql`wrong`), figure('mark', Prisma.sql`mark`))}
  FROM (SELECT ${crowdEarlier(now)} + ${crowdThisHour(now)} AS wrong, ${crowdMark} AS mark) g WHERE wrong >= mark`;

const signIns = (now: Date): Prisma.Sql => Prisma.sql`
  SELECT 'sign_ins', ${EVERYWHERE}, ${figures(figure('failed', Prisma.sql`points`))}
  FROM "Counter" WHERE key = ${signInsKey(now)} AND points >= ${FAILED_SIGN_INS}`;
