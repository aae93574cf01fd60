import { Prisma } from '@/generated/prisma/client';
import { counterKey, type PolicyName, policies } from './policies';

/** One limit that a request has to pass: a row of `Counter`. */
export type Wanted = { key: string; most: number; windowMs: number };

/** @param subject a keyed hash or a random id */
export const wanted = (policy: PolicyName, subject: string): Wanted => {
  const { most, windowMs } = policies[policy];
  return { key: counterKey(policy, subject), most, windowMs };
};

/** SQL for the limits as a relation of `key`, `most` and `windowMs`. */
export const wantedRows = (rows: readonly Wanted[]): Prisma.Sql =>
  Prisma.sql`jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS w(key text, most int, "windowMs" int)`;

/** SQL for the number that holds now: an admin's, where they set one, else that of the table. @param row SQL: a `w` */
export const mostNow = (row: Prisma.Sql): Prisma.Sql => Prisma.sql`COALESCE(
  (SELECT o.most FROM "LimitOverride" o WHERE o.policy = split_part(${row}.key, ':', 1)), ${row}.most)`;

/**
 * SQL that counts one hit for each limit of a relation, exactly and atomically (RL-1): a row keeps its hits of the
 * window, so that no span of that length ever has more than `most`, and what is refused is not counted. Rows are locked
 * in the order of their keys, whatever order a request names them in.
 * The number is read in the same statement, so that one which an admin has set holds everywhere at once.
 * Where one of them is full, the others are not counted; only of requests at the very same moment may one be counted
 * and refused. It returns `key`, `passed` and, where it did not pass, `until`: when the next one will.
 * @param source what follows FROM, a relation `w` of `key`, `most` and `windowMs`, with its WHERE
 */
export function countHits(source: Prisma.Sql, now: Date): Prisma.Sql {
  const span = Prisma.sql`EXCLUDED."windowMs" * interval '1 millisecond'`;
  const blocking = Prisma.sql`"Counter".hits[cardinality("Counter".hits) - EXCLUDED.most + 1]`;
  const room = Prisma.sql`COALESCE(${blocking} <= ${now}::timestamptz - ${span}, true)`;
  return Prisma.sql`
    INSERT INTO "Counter" (key, most, "windowMs", hits, "expiresAt")
    SELECT w.key, w.most, w."windowMs", ARRAY[${now}::timestamptz],
      ${now}::timestamptz + w."windowMs" * interval '1 millisecond'
    FROM (
      SELECT *, bool_or("full") OVER () AS stopped FROM (
        SELECT l.*, COALESCE(c.hits[cardinality(c.hits) - l.most + 1]
          > ${now}::timestamptz - l."windowMs" * interval '1 millisecond', false) AS "full"
        FROM (SELECT w.key, ${mostNow(Prisma.sql`w`)} AS most, w."windowMs" FROM ${source}) l LEFT JOIN "Counter" c ON c.key = l.key
      ) looked
    ) w WHERE "full" OR NOT stopped ORDER BY w.key
    ON CONFLICT (key) DO UPDATE SET most = EXCLUDED.most, "windowMs" = EXCLUDED."windowMs", passed = ${room},
      hits = CASE WHEN ${room}
        THEN ("Counter".hits || EXCLUDED.hits)[GREATEST(1, cardinality("Counter".hits) + 2 - EXCLUDED.most):]
        ELSE "Counter".hits END,
      "expiresAt" = CASE WHEN ${room} THEN EXCLUDED."expiresAt" ELSE "Counter"."expiresAt" END
    RETURNING key, passed, CASE WHEN NOT passed
      THEN hits[cardinality(hits) - most + 1] + "windowMs" * interval '1 millisecond' END AS until`;
}
