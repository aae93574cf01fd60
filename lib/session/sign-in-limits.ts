import { Prisma } from '@/generated/prisma/client';
import type { Caller } from '@/lib/caller';
import { days, minutes, plus } from '@/lib/clock';
import type { Database } from '@/lib/db/client';
import type { Keyring } from '@/lib/keys/keyring';
import type { Blocked } from '@/lib/limits/blocked';
import { countHits, wantedFrom, wantedRows } from '@/lib/limits/count-hits';
import { type RefusedRow, refusedColumns, writeRefusal } from '@/lib/limits/refused';
import { signInsKept, signInsKey } from '@/lib/limits/site-wide-sign-ins';
import { countRefusal, firstRefusal } from '@/lib/limits/tell-once';
import { askFor, type GateRow, gateColumns, gateOpen, proofGate } from '@/lib/proof/gate';
import { type Asked, checkProof } from '@/lib/proof/proof';

/** Failures in a row that cost no wait (LOG-1). */
const FREE_FAILURES = 5;
/** The longest wait between two tries, ms (LOG-1). */
const LONGEST_WAIT_MS = minutes(15);
/** A day without a failure and the count begins anew. */
const FORGOTTEN_MS = days(1);

/** What a success gives back: the rows that were counted before the password was known to be right. */
export type CountedSignIn = {
  addressKeys: string[];
  failuresKey: string;
  hourKey: string;
  /** Until when this try makes the account wait, as an ISO time; null or none where it does not. */
  until?: string | null;
};
export const nothingCounted: CountedSignIn = { addressKeys: [], failuresKey: '', hourKey: '' };

export type SignInVerdict =
  | { status: 'counted'; counted: CountedSignIn }
  /** This account, owned or not, must wait. It looks like a wrong password (LOG-1). */
  | { status: 'waiting' }
  /** Too many failures came from this network. */
  | { status: 'refused'; until: Date }
  /** So much goes wrong that this browser must work first, or wait. Nothing was counted. */
  | { status: 'prove'; proof: Asked };

type Row = GateRow & RefusedRow & { key: string; heard: boolean; waits: Date | null };

const strangers = ['sign-in-address-hour', 'sign-in-address-day'] as const;
const known = 'sign-in-known-address';
const knownMark = `${known}:`;
/** SQL over a row of a client's budgets: whether it is of known devices. */
const ofKnown: Prisma.Sql = Prisma.sql`key LIKE ${`${knownMark}%`}`;

/** A typed address's own row of failures, owned or not. @param email as `normaliseEmail` gives it */
export const signInKey = (keyring: Keyring, email: string): string =>
  `sign-in:${keyring.pepperedHash('identifier', email)}`;

/**
 * Counts a sign-in as failed before the password is looked at, in one statement: any number at once get no more tries
 * than one after the other would (RL-1). After five failures nobody is heard for 2^(n-5) s, up to 15 minutes; a device
 * that the account knows has a count of its own, so that strangers lock nobody out (LOG-1, VER-4).
 * @param input.email as `normaliseEmail` gives it
 */
export async function countSignIn(
  deps: { db: Database; keyring: Keyring; caller: Caller; blocked: Blocked },
  input: { email: string; now: Date },
): Promise<SignInVerdict> {
  const { db, keyring, caller, blocked } = deps;
  const { email, now } = input;
  const budgets = (['sign-in-address-hour', 'sign-in-address-day', 'sign-in-known-address'] as const).flatMap(
    (policy) => wantedFrom(caller, policy),
  );
  const budgetKeys = budgets.map(({ key }) => key);
  const until = blocked.until(budgetKeys, caller, now);
  if (until) return { status: 'refused', until };
  const proof = await checkProof(deps, now);
  const device = Prisma.sql`EXISTS (SELECT FROM device)`;
  const hourKey = signInsKey(now);
  const wait = Prisma.sql`LEAST(power(2, failures - ${FREE_FAILURES}::int) * 1000, ${LONGEST_WAIT_MS})`;
  const [row] = await db.$queryRaw<[Row]>`
    WITH device AS MATERIALIZED (
      SELECT d.id FROM "Device" d JOIN "User" u ON u.id = d."userId"
      WHERE d.id = ANY(${[...caller.devices]}::uuid[]) AND u.email = ${email} AND u."disabledAt" IS NULL LIMIT 1
    ), own AS MATERIALIZED (
      SELECT COALESCE((SELECT 'sign-in-device:' || id::text FROM device), ${signInKey(keyring, email)}) AS key
    ), ${proofGate({ caller, proof, acts: Prisma.sql`true`, looks: { refusing: strangers }, known: device, now })}, address AS (
      ${countHits(Prisma.sql`${wantedRows(budgets)} WHERE ${gateOpen} AND ${device} = (${ofKnown})`, now)}
    ), heard AS (
      INSERT INTO "Counter" (key, points, "expiresAt") SELECT key, 1, ${plus(now, FORGOTTEN_MS)} FROM own
      WHERE ${gateOpen} AND NOT EXISTS (SELECT FROM address WHERE NOT passed)
      ON CONFLICT (key) DO UPDATE SET (passed, points, "expiresAt", until, refusals, "refusedAt") = (
        SELECT heard, CASE WHEN heard THEN failures ELSE "Counter".points END,
          CASE WHEN heard THEN EXCLUDED."expiresAt" ELSE "Counter"."expiresAt" END,
          CASE WHEN NOT heard THEN "Counter".until
            WHEN failures >= ${FREE_FAILURES} THEN ${now}::timestamptz + ${wait} * interval '1 millisecond' END,
          ${countRefusal(Prisma.sql`(NOT heard)`, now)}
        FROM (SELECT "Counter".until IS NULL OR "Counter".until <= ${now} OR "Counter"."expiresAt" <= ${now} AS heard,
          CASE WHEN "Counter"."expiresAt" <= ${now} THEN 1 ELSE "Counter".points + 1 END AS failures) r)
      RETURNING key, passed, until, ${firstRefusal} AS told
    ), hour AS (
      INSERT INTO "Counter" (key, points, "expiresAt") SELECT ${hourKey}, 1, ${signInsKept(now)} FROM heard
      WHERE passed AND NOT ${device}
      ON CONFLICT (key) DO UPDATE SET points = "Counter".points + 1
    ), waiting AS (${writeRefusal('heard', 'sign_in_refused', caller, now)}
    ), refused AS (${writeRefusal('address', 'sign_in_refused', caller, now)})
    SELECT ${gateColumns}, own.key, ${refusedColumns('address')}, EXISTS (SELECT FROM heard WHERE passed) AS heard,
      (SELECT until FROM heard WHERE passed) AS waits FROM own`;
  if (!row.open) return { status: 'prove', proof: await askFor(deps, proof, row, now) };
  if (row.refusedUntil) {
    blocked.remember(row.refusedKeys ?? [], caller, row.refusedUntil, now);
    return { status: 'refused', until: row.refusedUntil };
  }
  if (!row.heard) return { status: 'waiting' };
  const ofDevice = row.key.startsWith('sign-in-device:');
  const addressKeys = budgetKeys.filter((key) => key.startsWith(knownMark) === ofDevice);
  return {
    status: 'counted',
    counted: { addressKeys, failuresKey: row.key, hourKey, until: row.waits?.toISOString() ?? null },
  };
}

/**
 * SQL parts that give back what a right password should not have cost, for the statement that makes its session. Rows
 * are locked in the order in which a try counts them: the client's first, everybody's last.
 * @param where SQL: whether there is a session
 */
export const giveBackSignIn = (
  { addressKeys, failuresKey, hourKey }: CountedSignIn,
  where: Prisma.Sql,
): Prisma.Sql => Prisma.sql`
  held AS MATERIALIZED (
    SELECT key FROM "Counter" WHERE key = ANY(${addressKeys}) AND ${where}
    ORDER BY key FOR UPDATE
  ), back AS (
    UPDATE "Counter" SET hits = hits[:cardinality(hits) - 1] WHERE key IN (SELECT key FROM held)
  ), cleared AS (
    UPDATE "Counter" SET points = 0, until = NULL
    WHERE key = ${failuresKey} AND (SELECT count(*) FROM held) >= 0 AND ${where}
    RETURNING key
  ), hour AS (
    UPDATE "Counter" SET points = points - 1
    WHERE key = ${hourKey} AND points > 0 AND EXISTS (SELECT FROM cleared WHERE key NOT LIKE 'sign-in-device:%')
  )`;

/**
 * Takes back all that a try had counted and that was never decided, because too many passwords waited to be checked:
 * one failure, one of the network's hits in each window, one of the hour's. What others counted meanwhile stays.
 */
export async function uncountSignIn(db: Database, counted: CountedSignIn): Promise<void> {
  const { addressKeys, failuresKey, hourKey } = counted;
  await db.$executeRaw`
    WITH held AS MATERIALIZED (
      SELECT key FROM "Counter" WHERE key = ANY(${addressKeys}) ORDER BY key FOR UPDATE
    ), back AS (
      UPDATE "Counter" SET hits = hits[:cardinality(hits) - 1] WHERE key IN (SELECT key FROM held)
    ), undone AS (
      UPDATE "Counter" SET points = points - 1, until = CASE WHEN until IS NOT DISTINCT FROM ${counted.until ?? null}::timestamptz THEN NULL ELSE until END
      WHERE key = ${failuresKey} AND points > 0 AND (SELECT count(*) FROM held) >= 0 RETURNING key
    )
    UPDATE "Counter" SET points = points - 1
    WHERE key = ${hourKey} AND points > 0 AND EXISTS (SELECT FROM undone WHERE key NOT LIKE 'sign-in-device:%')`;
}
