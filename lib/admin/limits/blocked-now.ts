import { Prisma } from '@/generated/prisma/client';
import type { Acting } from '@/lib/admin/people/act-on-person';
import type { AuditType } from '@/lib/audit/audit';
import { days, plus } from '@/lib/clock';
import type { Database } from '@/lib/db/client';
import { bucketKept, GUESSES_SHOWN } from '@/lib/otp/guesses';

/** A row that keeps somebody from something, or makes their codes longer, at this moment. */
export type BlockedRow = {
  key: string;
  /** `full`: as many as fit. `waiting`: failed sign-ins, nobody is heard until then. `guessed`: codes are longer. */
  why: 'full' | 'waiting' | 'guessed';
  /** Hits in the window, failures or wrong codes in a row. */
  count: number;
  most: number;
  /** When the next one passes. Null for guesses: a right code ends it. */
  until: Date | null;
};

/** Rows of each kind that are listed at most. */
export const MOST_BLOCKED = 50;

const full = (now: Date): Prisma.Sql => Prisma.sql`
  SELECT key, 'full' AS why, cardinality(hits) AS count, most,
    hits[cardinality(hits) - most + 1] + "windowMs" * interval '1 millisecond' AS until FROM "Counter"
  WHERE most > 0 AND hits[cardinality(hits) - most + 1] > ${now}::timestamptz - "windowMs" * interval '1 millisecond'`;
const waiting = (now: Date): Prisma.Sql => Prisma.sql`
  SELECT key, 'waiting' AS why, points AS count, 0 AS most, until FROM "Counter" WHERE until > ${now}`;
const guessed = Prisma.sql`
  SELECT key, 'guessed' AS why, points AS count, 0 AS most, NULL::timestamptz AS until FROM "Counter"
  WHERE key LIKE 'guess%:%' AND points >= ${GUESSES_SHOWN}::int`;

/** @returns who was refused lately and would be again, who waits, and whose codes were guessed at in the last day */
export function blockedNow(db: Database, now: Date): Promise<BlockedRow[]> {
  // The partial indexes of the migration; a bucket's expiry says when the last wrong guess was.
  return db.$queryRaw<BlockedRow[]>`
    (${full(now)} AND NOT passed AND "expiresAt" > ${now} ORDER BY "expiresAt" DESC LIMIT ${MOST_BLOCKED})
    UNION ALL (${waiting(now)} ORDER BY until DESC LIMIT ${MOST_BLOCKED})
    UNION ALL (${guessed} AND "expiresAt" > ${plus(bucketKept(now), -days(1))} ORDER BY points DESC LIMIT ${MOST_BLOCKED})`;
}

/** @returns what of these rows blocks something now */
export function blockedOf(db: Database, keys: readonly string[], now: Date): Promise<BlockedRow[]> {
  const theirs = Prisma.sql`key = ANY(${[...keys]})`;
  return db.$queryRaw<BlockedRow[]>`
    (${full(now)} AND ${theirs}) UNION ALL (${waiting(now)} AND ${theirs}) UNION ALL (${guessed} AND ${theirs})`;
}

/**
 * Forgets what one row has counted, so that whoever it is about is heard again: at once, and within 5 s where a process
 * remembers the refusal (RL-1). The act and its record commit together (AUD-1).
 * @param key anything a form brought @returns whether there was such a row with anything counted
 */
export async function unblock({ db, clock, caller, adminId }: Acting, key: string): Promise<boolean> {
  const now = clock.now();
  const type: AuditType = 'unblocked';
  const [row] = await db.$queryRaw<{ done: boolean }[]>`
    WITH held AS MATERIALIZED (
      SELECT key, points, cardinality(hits) AS hits FROM "Counter"
      WHERE key = ${key} AND (most > 0 OR key ~ '^(sign-in|sign-in-device|guess|guess-device):')
        AND (points > 0 OR cardinality(hits) > 0) FOR UPDATE
    ), cleared AS (
      UPDATE "Counter" c SET hits = '{}', passed = true, points = 0, until = NULL, since = ${now}
      FROM held WHERE c.key = held.key RETURNING held.*
    ), audited AS (
      INSERT INTO "AuditEvent" (at, type, "actorId", source, detail)
      SELECT ${now}, ${type}, ${adminId}::uuid, ${caller.address},
        jsonb_build_object('limit', regexp_replace(key, ':[^:]*$', ''), 'whose', left(regexp_replace(key, '^.*:', ''), 8),
          'before', points + hits, 'after', 0) FROM cleared
    )
    SELECT EXISTS (SELECT FROM cleared) AS done`;
  return row?.done ?? false;
}
