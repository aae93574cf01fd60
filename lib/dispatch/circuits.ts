import { Prisma } from '@/generated/prisma/client';
import type { Result } from './results';

/** Failures in a row that open a circuit; the account's open it at once. */
const DOUBTS = 3;

type Said = { name: string; works: boolean; doubts: number; opens: boolean; probe: boolean; error: string | null };

/** What a batch says of each transport, in the order of its results. */
function verdictsOf(results: readonly Result[]): Said[] {
  const by = new Map<string, Said>();
  for (const { transport: name, verdict, probe, errorCode } of results) {
    if (!name || !verdict) continue;
    const before = by.get(name);
    const doubts = (before?.doubts ?? 0) + 1;
    const opens = Boolean(before?.opens) || verdict === 'stop' || probe;
    const probed = Boolean(before?.probe) || probe;
    by.set(
      name,
      verdict === 'works'
        ? { name, works: true, doubts: 0, opens: false, probe, error: null }
        : { name, works: before?.works ?? false, doubts, opens, probe: probed, error: errorCode },
    );
  }
  return [...by.values()];
}

/**
 * SQL that opens and closes the circuits of transports by what a batch says. It opens at the first failure that
 * concerns the account, at the third of another kind in a row, and again where its probe failed, each time for longer:
 * 15 s, 30 s … 5 min. What was still under way when it opened says nothing new. Rows are locked in one order.
 */
export const updateCircuits = (results: readonly Result[]): Prisma.Sql => Prisma.sql`
  UPDATE "Transport" t SET failures = v.failures,
    openings = CASE WHEN v.doubts = 0 THEN 0 ELSE t.openings + v.opening::int END,
    "openUntil" = CASE
      WHEN v.opening THEN now() + LEAST(300, 15 * 2 ^ LEAST(t.openings, 8)) * interval '1 second'
      WHEN v.works AND v.doubts = 0 THEN NULL
      ELSE t."openUntil" END,
    "lastError" = COALESCE(v.error, t."lastError"),
    "lastErrorAt" = CASE WHEN v.error IS NULL THEN t."lastErrorAt" ELSE now() END
  FROM (
    SELECT v.name, v.works, v.doubts, v.error, f.failures, v.doubts > 0
      AND (v.opens OR f.failures >= ${DOUBTS}) AND (o."openUntil" IS NULL OR v.probe) AS opening
    FROM jsonb_to_recordset(${JSON.stringify(verdictsOf(results))}::jsonb) AS v(name text, works bool, doubts int,
      opens bool, probe bool, error text)
    JOIN "Transport" o ON o.name = v.name
    CROSS JOIN LATERAL (SELECT CASE WHEN v.works THEN 0 ELSE o.failures END + v.doubts AS failures) f
    -- A success of a transport that is well says nothing new: no write, no lock.
    WHERE v.doubts > 0 OR o.failures > 0 OR o."openUntil" IS NOT NULL
    ORDER BY o.name FOR UPDATE OF o
  ) v WHERE t.name = v.name`;
