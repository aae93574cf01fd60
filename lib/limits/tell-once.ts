import { Prisma } from '@/generated/prisma/client';
import { hours } from '@/lib/clock';

/** Of all that one row of `Counter` refuses within this time one refusal is written down, ms (AUD-1). */
const PERIOD_MS = hours(1);

/**
 * SQL for the new `refusals` and `"refusedAt"` of a row in an upsert into `Counter`: refusals since the one that was
 * written down. Exact, whatever comes at once: the row is locked.
 * @param refused SQL: whether this one is refused
 */
export function countRefusal(refused: Prisma.Sql, now: Date): Prisma.Sql {
  const since = Prisma.sql`"Counter"."refusedAt" > ${now}::timestamptz - ${PERIOD_MS}::int * interval '1 millisecond'`;
  return Prisma.sql`
    CASE WHEN NOT ${refused} THEN "Counter".refusals WHEN ${since} THEN "Counter".refusals + 1 ELSE 1 END,
    CASE WHEN NOT ${refused} OR ${since} THEN "Counter"."refusedAt" ELSE ${now}::timestamptz END`;
}

/** SQL over the row as `RETURNING` sees it: whether what was just refused is the one to write down. */
export const firstRefusal: Prisma.Sql = Prisma.sql`NOT passed AND refusals = 1`;
