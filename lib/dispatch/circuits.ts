import { Prisma } from '@/generated/prisma/client';
import type { Result } from './results';

/** Failures in a row that open a circuit; the account's open it at once. */
const DOUBTS = 3;

type Said = {
  name: string;
  works: boolean;
  doubts: number;
  opens: boolean;
  probe: boolean;
  error: string | null;
  /** Tokens that were taken and not needed. */
  unused: number;
  /** The probe was among them: the next message may be one. */
  unprobed: boolean;
};

const silent: Omit<Said, 'name'> = {
  works: false,
  doubts: 0,
  opens: false,
  probe: false,
  error: null,
  unused: 0,
  unprobed: false,
};

/** What a batch says of each transport, in the order of its results. */
function verdictsOf(results: readonly Result[]): Said[] {
  const by = new Map<string, Said>();
  for (const { transport: name, verdict, probe, errorCode, unused } of results) {
    if (!name || (!verdict && !unused)) continue;
    const before = by.get(name) ?? { name, ...silent };
    by.set(name, {
      ...before,
      unused: before.unused + Number(unused),
      unprobed: before.unprobed || (unused && probe),
      ...(verdict === 'works' ? { works: true, doubts: 0, opens: false, probe, error: null } : {}),
      ...(verdict === 'stop' || verdict === 'doubt'
        ? {
            doubts: before.doubts + 1,
            opens: before.opens || verdict === 'stop' || probe,
            probe: before.probe || probe,
            error: errorCode,
          }
        : {}),
    });
  }
  return [...by.values()];
}

/**
 * SQL that opens and closes the circuits of transports by what a batch says. It opens at the first failure that
 * concerns the account, at the third of another kind in a row, and again where its probe failed, each time for longer:
 * 15 s, 30 s … 5 min. What was still under way when it opened says nothing new. Rows are locked in one order.
 */
export const updateCircuits = (results: readonly Result[]): Prisma.Sql => Prisma.sql`
  UPDATE "Transport" t SET failures = v.failures, tokens = t.tokens + v.unused,
    openings = CASE WHEN v.works AND v.doubts = 0 THEN 0 ELSE t.openings + v.opening::int END,
    "openUntil" = CASE
      WHEN v.opening THEN now() + LEAST(300, 15 * 2 ^ LEAST(t.openings, 8)) * interval '1 second'
      WHEN v.works AND v.doubts = 0 THEN NULL
      WHEN v.unprobed AND v.doubts = 0 THEN LEAST(t."openUntil", now())
      ELSE t."openUntil" END,
    "lastError" = COALESCE(v.error, t."lastError"),
    "lastErrorAt" = CASE WHEN v.error IS NULL THEN t."lastErrorAt" ELSE now() END
  FROM (
    SELECT v.name, v.works, v.doubts, v.error, v.unused, v.unprobed, f.failures, v.doubts > 0
      AND (v.opens OR f.failures >= ${DOUBTS}) AND (o."openUntil" IS NULL OR v.probe) AS opening
    FROM jsonb_to_recordset(${JSON.stringify(verdictsOf(results))}::jsonb) AS v(name text, works bool, doubts int,
      opens bool, probe bool, error text, unused int, unprobed bool)
    JOIN "Transport" o ON o.name = v.name
    CROSS JOIN LATERAL (SELECT CASE WHEN v.works THEN 0 ELSE o.failures END + v.doubts AS failures) f
    -- A success of a transport that is well says nothing new: no write, no lock.
    WHERE v.doubts > 0 OR o.failures > 0 OR o."openUntil" IS NOT NULL OR v.unused > 0
    ORDER BY o.name FOR UPDATE OF o
  ) v WHERE t.name = v.name`;
