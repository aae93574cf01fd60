import { Prisma } from '@/generated/prisma/client';
import type { Caller } from '@/lib/caller';
import type { Keyring } from '@/lib/keys/keyring';
import { countHits, type Wanted, wanted, wantedFrom, wantedRows } from '@/lib/limits/count-hits';
import { failedSignIns } from '@/lib/limits/site-wide-sign-ins';
import { crowdEarlier, crowdMark, crowdThisHour } from '@/lib/otp/guesses';
import { type Looks, looked } from './looked';
import { FAILED_SIGN_INS, STRAINED_CROWD, workAt } from './marks';
import { type Asked, type Checked, newChallenge, STRAINED_WAIT_MS } from './proof';

/** What a statement with a gate says of it, in columns that `gateColumns` selects. */
export type GateRow = { open: boolean; strained: boolean; level: number; waitUntil: Date | null };

/** What a proof has to count: its own row, and where it is unsolved those of the client's networks as well. */
function rowsOf(proof: Checked, caller: Caller, now: Date): Wanted[] {
  if (proof.status === 'solved') return [wanted('proof', proof.id)];
  if (proof.status === 'none' || proof.from > now) return [];
  return [wanted('proof', proof.id), ...wantedFrom(caller, 'proof-wait')];
}

/**
 * SQL parts `looked`, `asks`, `proof` and `gate`, for the statement that counts an act: who is asked and brings no proof
 * finds the gate closed, and whatever the statement counts or spends must wait for `gateOpen`. A proof is used up only
 * where one is asked for, and is worth no more than the work that it took. Its rows are locked before all others.
 * What is asked depends on the client's own networks' failures, on what all strangers together did and on what was asked
 * for the typed identifier, never on the account (ENU-1, ENU-8).
 * @param input.acts SQL: whether there is anything to do at all
 * @param input.known SQL: whether this is a device that the account knows; it is never asked
 */
export function proofGate(input: {
  caller: Caller;
  proof: Checked;
  acts: Prisma.Sql;
  known: Prisma.Sql;
  looks: Looks;
  now: Date;
}): Prisma.Sql {
  const { caller, proof, acts, known, looks, now } = input;
  const rows = rowsOf(proof, caller, now);
  const has = proof.status === 'none' ? -1 : proof.level;
  const waited = proof.status === 'unsolved' ? proof.waitMs : STRAINED_WAIT_MS;
  // Where nothing but the identifier or its own requests ask, a network's acts need not wait for each other.
  const counts = Prisma.sql`EXISTS (SELECT FROM asks WHERE asks AND level <= ${has}::int
    AND (NOT strained OR ${waited >= STRAINED_WAIT_MS}) AND (strained OR w.policy = 'proof'))`;
  return Prisma.sql`looked AS MATERIALIZED (${looked(caller, looks, now)}
    ), asks AS MATERIALIZED (
      SELECT ${acts} AND NOT ${known} AND NOT refusing AND (strained OR working OR doubled IS NOT NULL) AS asks, strained,
        COALESCE(doubled, 0) AS level, doubled IS NOT NULL AS doubled
      FROM (SELECT *, failing OR ${crowdEarlier(now)} + ${crowdThisHour(now)} >= ${crowdMark} * ${STRAINED_CROWD}::float8
        OR ${failedSignIns(now)} >= ${FAILED_SIGN_INS}::int AS strained FROM looked) state
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
