import { Prisma } from '@/generated/prisma/client';
import { audit } from '@/lib/audit/audit';
import type { Caller } from '@/lib/caller';
import { type Clock, systemClock } from '@/lib/clock';
import type { Database } from '@/lib/db/client';
import { EVERYWHERE } from './country';
import { isStopped, openAccounts, UTC_DAY } from './ledger';

/** A country, or `*` for all together, as an operator sees it. Money in millionths of the currency of SMS_PRICES. */
export type SmsAccount = {
  country: string;
  /** Today, in UTC. */
  spentMicros: number;
  stoppedBy: 'operator' | 'conversion' | null;
  stoppedAt: Date | null;
  /** Null beside a stopper: until somebody starts it again. */
  stoppedUntil: Date | null;
};

/** An admin who turns the switch. */
export type Operator = { adminId: string; caller: Caller; clock: Clock };

/**
 * The kill switch (RL-6): from this commit on no instance opens a socket for an SMS there; codes go by email. What
 * is at the provider already is past stopping. The act and its record commit together (AUD-1).
 * @param country ISO 3166-1 alpha-2, ZZ, or `*` for all @param by an admin; without one it is a command on the server
 * @returns false where SMS were stopped there by hand already
 */
export const stopSms = (db: Database, country: string, by?: Operator): Promise<boolean> =>
  turn(db, country, 'sms_stopped', by);

/**
 * Lets SMS leave again, whoever stopped them. A stop of `*` and a stop of one country are two: each is lifted by itself.
 * What was sent before is not held against the country's conversion any more.
 * @returns false where nothing had stopped them
 */
export const startSms = (db: Database, country: string, by?: Operator): Promise<boolean> =>
  turn(db, country, 'sms_started', by);

async function turn(
  db: Database,
  country: string,
  type: 'sms_stopped' | 'sms_started',
  by?: Operator,
): Promise<boolean> {
  const now = (by?.clock ?? systemClock).now();
  return db.$transaction(async (tx) => {
    await openAccounts(tx, [country]);
    const [row] = await tx.$queryRaw<{ before: 'operator' | 'conversion' | null }[]>`
      SELECT CASE WHEN ${isStopped(Prisma.sql`s`)} THEN "stoppedBy"::text END AS before FROM "SmsCountry" s
      WHERE country = ${country} FOR UPDATE`;
    const before = row?.before ?? null;
    if (before === (type === 'sms_stopped' ? 'operator' : null)) return false;
    if (type === 'sms_stopped')
      await tx.$executeRaw`
        UPDATE "SmsCountry" SET "stoppedBy" = 'operator', "stoppedAt" = now(), "stoppedUntil" = NULL
        WHERE country = ${country}`;
    else
      await tx.$executeRaw`
        UPDATE "SmsCountry" SET "stoppedBy" = NULL, "stoppedAt" = NULL, "stoppedUntil" = NULL, "countedFrom" = ${now},
          "lowSince" = NULL WHERE country = ${country}`;
    const who = by ? { actorId: by.adminId, source: by.caller.address } : {};
    const states = { before: before ?? 'open', after: type === 'sms_stopped' ? 'operator' : 'open' };
    const detail = { country, by: by ? 'admin' : 'operator', ...states };
    await audit(tx, { at: now, type, ...who, detail });
    return true;
  });
}

/** @returns all that was ever written to or stopped, `*` first */
export async function smsAccounts(db: Database): Promise<SmsAccount[]> {
  await openAccounts(db, [EVERYWHERE]);
  return db.$queryRaw<SmsAccount[]>`
    SELECT country, CASE WHEN "spentOn" >= ${UTC_DAY} THEN "spentMicros" ELSE 0 END::float8 AS "spentMicros",
      CASE WHEN stopped THEN "stoppedBy"::text END AS "stoppedBy", CASE WHEN stopped THEN "stoppedAt" END AS "stoppedAt",
      CASE WHEN stopped THEN "stoppedUntil" END AS "stoppedUntil"
    FROM (SELECT *, ${isStopped(Prisma.sql`s`)} AS stopped FROM "SmsCountry" s) account ORDER BY country`;
}
