import { Prisma } from '@/generated/prisma/client';
import type { Caller } from '@/lib/caller';
import { counterKey, type PolicyName, policies } from './policies';
import { countRefusal, firstRefusal } from './tell-once';

/** One limit that a request has to pass: a row of `Counter`, and `times` of the number of its policy. */
export type Wanted = { key: string; policy: PolicyName; most: number; times: number; windowMs: number };

/** @param subject a keyed hash or a random id @param times how much of the policy's number the row bears */
export const wanted = (policy: PolicyName, subject: string, times = 1): Wanted => {
  const { most, windowMs } = policies[policy];
  return { key: counterKey(policy, subject), policy, most, times, windowMs };
};

/**
 * The rows of a client: its own, and those of the IPv6 networks around it, which bear more (RL-2).
 * @param subject what a row is about, for one of its networks; the network itself, where nothing is said
 */
export const wantedFrom = (
  { address, wider = [] }: Caller,
  policy: PolicyName,
  subject: (network: string) => string = (network) => network,
): Wanted[] =>
  [{ address, times: 1 }, ...wider].map((network) => wanted(policy, subject(network.address), network.times));

/** SQL: the columns of a `Wanted` in a recordset. */
export const wantedColumns: Prisma.Sql = Prisma.sql`key text, policy text, most int, times float8, "windowMs" int`;

/** SQL for the limits as a relation of a `Wanted`'s columns. */
export const wantedRows = (rows: readonly Wanted[]): Prisma.Sql =>
  Prisma.sql`jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS w(${wantedColumns})`;

/** SQL for the number that holds now: an admin's, where they set one, else that of the table. @param row SQL: a `w` */
export const mostNow = (row: Prisma.Sql): Prisma.Sql => Prisma.sql`floor(COALESCE(
  (SELECT o.most FROM "LimitOverride" o WHERE o.policy = ${row}.policy), ${row}.most) * ${row}.times)::int`;

const all = Prisma.sql`w.most`;

/**
 * SQL that counts one hit for each limit of a relation, exactly and atomically (RL-1): a row keeps its hits of the
 * window, so that no span of that length ever has more than `most`, and what is refused is not counted. Rows are locked
 * in the order of their keys, whatever order a request names them in.
 * The number is read in the same statement, so that one which an admin has set holds everywhere at once.
 * Where one of them is full, the others are not counted; only of requests at the very same moment may one be counted
 * and refused. It returns `key`, `passed`, `capped`, `hits`, `most`, `told` (a refusal to write down, one a period) and,
 * where it did not pass, `until`: when the next one will.
 * @param source what follows FROM, a relation `w` of a `Wanted`'s columns, with its WHERE
 * @param cap SQL over `w.most`, for an act that may use less than all of it: what is refused by it alone is `capped`
 */
export function countHits(source: Prisma.Sql, now: Date, cap: Prisma.Sql = all): Prisma.Sql {
  const since = (windowMs: string) =>
    Prisma.sql`${now}::timestamptz - ${Prisma.raw(windowMs)} * interval '1 millisecond'`;
  return Prisma.sql`
    INSERT INTO "Counter" (key, most, cap, "windowMs", hits, "expiresAt")
    SELECT w.key, w.most, w.cap, w."windowMs", ARRAY[${now}::timestamptz],
      ${now}::timestamptz + w."windowMs" * interval '1 millisecond'
    FROM (
      SELECT *, bool_or("full") OVER () AS stopped FROM (
        SELECT l.*, COALESCE(c.hits[cardinality(c.hits) - l.cap + 1] > ${since('l."windowMs"')}, false) AS "full"
        FROM (
          SELECT w.*, ${cap} AS cap FROM (SELECT w.key, ${mostNow(Prisma.sql`w`)} AS most, w."windowMs" FROM ${source}) w
        ) l LEFT JOIN "Counter" c ON c.key = l.key
      ) looked
    ) w WHERE "full" OR NOT stopped ORDER BY w.key
    ON CONFLICT (key) DO UPDATE SET (most, cap, "windowMs", passed, hits, "expiresAt", refusals, "refusedAt") = (
      SELECT EXCLUDED.most, EXCLUDED.cap, EXCLUDED."windowMs", room,
        CASE WHEN room THEN ("Counter".hits || EXCLUDED.hits)[GREATEST(1, cardinality("Counter".hits) + 2 - EXCLUDED.most):]
          ELSE "Counter".hits END,
        CASE WHEN room THEN EXCLUDED."expiresAt" ELSE "Counter"."expiresAt" END,
        ${countRefusal(Prisma.sql`(NOT room AND EXCLUDED.cap = EXCLUDED.most)`, now)}
      FROM (SELECT COALESCE("Counter".hits[cardinality("Counter".hits) - EXCLUDED.cap + 1]
        <= ${since('EXCLUDED."windowMs"')}, true) AS room) r)
    RETURNING key, passed, most, cardinality(hits) AS hits, NOT passed AND cap < most AS capped,
      ${firstRefusal} AND cap = most AS told,
      CASE WHEN NOT passed THEN "Counter".hits[cardinality("Counter".hits) - cap + 1] + "windowMs" * interval '1 millisecond' END AS until`;
}
