import { Prisma } from '@/generated/prisma/client';
import type { Caller } from '@/lib/caller';
import type { Keyring } from '@/lib/keys/keyring';
import {
  countHits,
  mostNow,
  type Wanted,
  wanted,
  wantedColumns,
  wantedFrom,
  wantedRows,
} from '@/lib/limits/count-hits';
import { type PolicyName, policies } from '@/lib/limits/policies';
import { failedSignIns } from '@/lib/limits/site-wide-sign-ins';
import { crowdEarlier, crowdMark, crowdThisHour } from '@/lib/otp/guesses';
import { FAILED_SIGN_INS, STRAINED_CLIENT, STRAINED_CROWD, workAt } from './marks';
import { type Asked, type Checked, newChallenge, STRAINED_WAIT_MS } from './proof';

/** What a statement with a gate says of it, in columns that `gateColumns` selects. */
export type GateRow = { open: boolean; strained: boolean; level: number; waitUntil: Date | null };

const budgets = ['guess-address-hour', 'guess-address-day', 'sign-in-address-hour', 'sign-in-address-day'] as const;

/** SQL: whether one of this client's networks is past the mark of one of these policies, from which on it must work. */
export function pastWorkMark(
  caller: Caller,
  names: readonly (PolicyName & keyof typeof policies)[],
  now: Date,
): Prisma.Sql {
  const rows = names.flatMap((name) => {
    const { most, ...policy }: { most: number; work?: number } = policies[name];
    return wantedFrom(caller, name).map((row) => ({ ...row, work: (policy.work ?? most) * row.times }));
  });
  const mark = Prisma.sql`LEAST(b.work, ceil(${mostNow(Prisma.sql`b`)} * ${STRAINED_CLIENT}::float8)::int)`;
  // The newest hit but so many lies within the window: at least so many do.
  return Prisma.sql`EXISTS (
    SELECT FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS b(${wantedColumns}, work int)
    JOIN "Counter" c ON c.key = b.key
    WHERE c.hits[cardinality(c.hits) - ${mark} + 1] > ${now}::timestamptz - b."windowMs" * interval '1 millisecond')`;
}

/**
 * SQL: whether this client is asked for work at every act. It depends on its own networks' failures and on what all
 * strangers together did, never on the account (ENU-1).
 */
const strained = (caller: Caller, now: Date): Prisma.Sql => Prisma.sql`(${pastWorkMark(caller, budgets, now)}
    OR ${crowdEarlier(now)} + ${crowdThisHour(now)} >= ${crowdMark} * ${STRAINED_CROWD}::float8
    OR ${failedSignIns(now)} >= ${FAILED_SIGN_INS}::int)`;

/** What a proof has to count: its own row, and where it is unsolved those of the client's networks as well. */
function rowsOf(proof: Checked, caller: Caller, now: Date): Wanted[] {
  if (proof.status === 'solved') return [wanted('proof', proof.id)];
  if (proof.status === 'none' || proof.from > now) return [];
  return [wanted('proof', proof.id), ...wantedFrom(caller, 'proof-wait')];
}

/**
 * SQL parts `asks`, `proof` and `gate`, for the statement that counts an act: who is asked and brings no proof finds
 * the gate closed, and whatever the statement counts or spends must wait for `gateOpen`. A proof is used up only where
 * one is asked for, and is worth no more than the work that it took. Its rows are locked before all others.
 * @param input.acts SQL: whether there is anything to do at all
 * @param input.known SQL: whether this is a device that the account knows; it is never asked
 * @param input.level SQL: how often the work has doubled for what is asked for; null where that asks for none
 */
export function proofGate(input: {
  caller: Caller;
  proof: Checked;
  acts: Prisma.Sql;
  known: Prisma.Sql;
  level?: Prisma.Sql;
  now: Date;
}): Prisma.Sql {
  const { caller, proof, acts, known, level = Prisma.sql`NULL`, now } = input;
  const rows = rowsOf(proof, caller, now);
  const has = proof.status === 'none' ? -1 : proof.level;
  const waited = proof.status === 'unsolved' ? proof.waitMs : STRAINED_WAIT_MS;
  // Where nothing but the identifier or its own requests ask, a network's acts need not wait for each other.
  const counts = Prisma.sql`EXISTS (SELECT FROM asks WHERE asks AND level <= ${has}::int
    AND (NOT strained OR (${waited}::int >= ${STRAINED_WAIT_MS}::int)) AND (strained OR w.policy = 'proof'))`;
  return Prisma.sql`asks AS MATERIALIZED (
      SELECT ${acts} AND NOT ${known} AND (strained OR level IS NOT NULL) AS asks, strained, COALESCE(level, 0) AS level
      FROM (SELECT ${strained(caller, now)} AS strained, (${level})::int AS level) state
    ), proof AS (${countHits(Prisma.sql`${wantedRows(rows)} WHERE ${counts}`, now)}
    ), gate AS MATERIALIZED (
      SELECT NOT asks OR COALESCE((SELECT bool_and(passed) FROM proof), false) AS open,
        (SELECT max(until) FROM proof WHERE key LIKE 'proof-wait:%'
          AND NOT EXISTS (SELECT FROM proof WHERE key LIKE 'proof:%' AND NOT passed)) AS "waitUntil" FROM asks
    )`;
}

/** SQL: whether the act may be counted. */
export const gateOpen: Prisma.Sql = Prisma.sql`(SELECT open FROM gate)`;

/** SQL for the columns of `GateRow`. */
export const gateColumns: Prisma.Sql = Prisma.sql`${gateOpen} AS open, (SELECT "waitUntil" FROM gate) AS "waitUntil",
  (SELECT strained FROM asks) AS strained, (SELECT level FROM asks) AS level`;

/**
 * What a client before a closed gate is asked for. Who waits goes on waiting for the same challenge; whoever brought
 * nothing, too little, or what was used, gets another.
 */
export async function askFor(
  deps: { keyring: Keyring; caller: Caller },
  proof: Checked,
  { strained, level, waitUntil }: Omit<GateRow, 'open'>,
  now: Date,
): Promise<Asked> {
  const work = workAt(level);
  const waitMs = strained ? Math.max(STRAINED_WAIT_MS, work.phoneMs) : work.phoneMs;
  const fits = proof.status === 'unsolved' && proof.level >= level && (!strained || proof.waitMs >= STRAINED_WAIT_MS);
  const until = fits && (proof.from > now ? proof.from : waitUntil);
  if (!fits || !until) return newChallenge(deps, now, work, waitMs);
  return { challenge: proof.challenge, seconds: Math.max(1, Math.ceil((until.getTime() - now.getTime()) / 1000)) };
}
