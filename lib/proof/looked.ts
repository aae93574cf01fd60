import { Prisma } from '@/generated/prisma/client';
import type { Caller } from '@/lib/caller';
import { mostNow, type Wanted, wantedColumns, wantedFrom } from '@/lib/limits/count-hits';
import { type PolicyName, policies } from '@/lib/limits/policies';
import type { Policy } from '@/lib/limits/policy';
import { MOST_WORK, STRAINED_CLIENT } from './marks';

/** What an act is looked at by, before it is counted. */
export type Looks = {
  /** Policies that refuse this client: it is told so at once, and does no work for it. */
  refusing: readonly PolicyName[];
  /** Policies past whose mark this act alone needs work. */
  working?: readonly PolicyName[];
  /** Rows past half of whose number the work doubles with each hit (RL-2). */
  halves?: readonly Wanted[];
};

const failures = ['guess-address-hour', 'guess-address-day', 'sign-in-address-hour', 'sign-in-address-day'] as const;

/**
 * SQL for what the counters say, in one row: `failing`, whether one of the client's networks is past the mark of its
 * failures; `working` and `refusing`, the same of the act's own policies; and `doubled`, null up to half. All of them in
 * one look, because what it costs to plan a statement is most of what it costs.
 */
export function looked(caller: Caller, { refusing, working = [], halves = [] }: Looks, now: Date): Prisma.Sql {
  const from = (about: string, names: readonly PolicyName[]) =>
    names.flatMap((name) => {
      const { work, most }: Policy = policies[name];
      return wantedFrom(caller, name).map((row) => ({ ...row, about, work: (work ?? most) * row.times }));
    });
  const rows = [
    ...from('failing', failures),
    ...from('working', working),
    ...from('refusing', refusing),
    ...halves.map((row) => ({ ...row, about: 'half', work: 0 })),
  ];
  const any = (about: string) => Prisma.sql`COALESCE(bool_or(past) FILTER (WHERE about = ${about}), false)`;
  return Prisma.sql`
    SELECT ${any('failing')} AS failing, ${any('working')} AS working, ${any('refusing')} AS refusing,
      max(LEAST(spent - half, ${MOST_WORK}::int)) FILTER (WHERE about = 'half' AND spent >= half) AS doubled
    FROM (
      SELECT about, ceil(most / 2.0)::int AS half,
        -- The newest hit but so many lies within the window: at least so many do.
        hits[cardinality(hits) + 1
          - CASE about WHEN 'refusing' THEN most ELSE LEAST(work, ceil(most * ${STRAINED_CLIENT}::float8)::int) END] > since AS past,
        CASE WHEN about = 'half' THEN (SELECT count(*)::int FROM unnest(hits) hit WHERE hit > since) END AS spent
      FROM (
        SELECT b.about, b.work, c.hits, ${mostNow(Prisma.sql`b`)} AS most,
          ${now}::timestamptz - b."windowMs" * interval '1 millisecond' AS since
        FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS b(${wantedColumns}, about text, work int)
        JOIN "Counter" c ON c.key = b.key
      ) row
    ) row`;
}
