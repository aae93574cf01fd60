import { Prisma } from '@/generated/prisma/client';
import type { Caller } from '@/lib/caller';
import type { Keyring } from '@/lib/keys/keyring';
import { countHits, mostNow, type Wanted, wanted, wantedRows } from '@/lib/limits/count-hits';
import { failedSignIns } from '@/lib/limits/site-wide-sign-ins';
import { crowdEarlier, crowdMark, crowdThisHour } from '@/lib/otp/guesses';
import { FAILED_SIGN_INS, STRAINED_CLIENT, STRAINED_CROWD } from './marks';
import { type Asked, type Checked, newChallenge } from './proof';

/** What a statement with a gate says of it, in columns that `gateColumns` selects. */
export type GateRow = { open: boolean; waitUntil: Date | null };

const budgets = ['guess-address-hour', 'guess-address-day', 'sign-in-address-hour', 'sign-in-address-day'] as const;

/**
 * SQL: whether this client is asked for work. It depends on its own network's failures and on what all strangers
 * together did, never on the account (ENU-1).
 */
function strained(caller: Caller, now: Date): Prisma.Sql {
  const rows = budgets.map((policy) => wanted(policy, caller.address));
  const mark = Prisma.sql`ceil(${mostNow(Prisma.sql`b`)} * ${STRAINED_CLIENT}::float8)::int`;
  // The newest hit but so many lies within the window: at least so many do.
  return Prisma.sql`(EXISTS (
      SELECT FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS b(key text, most int, "windowMs" int)
      JOIN "Counter" c ON c.key = b.key
      WHERE c.hits[cardinality(c.hits) - ${mark} + 1] > ${now}::timestamptz - b."windowMs" * interval '1 millisecond')
    OR ${crowdEarlier(now)} + ${crowdThisHour(now)} >= ${crowdMark} * ${STRAINED_CROWD}::float8
    OR ${failedSignIns(now)} >= ${FAILED_SIGN_INS}::int)`;
}

/** What a proof has to count: its own row, and where it is unsolved the address's as well. */
function rowsOf(proof: Checked, caller: Caller, now: Date): Wanted[] {
  if (proof.status === 'solved') return [wanted('proof', proof.id)];
  if (proof.status === 'none' || proof.from > now) return [];
  return [wanted('proof', proof.id), wanted('proof-wait', caller.address)];
}

/**
 * SQL parts `asks`, `proof` and `gate`, for the statement that counts an act: who is strained and brings no proof finds
 * the gate closed, and whatever the statement counts or spends must wait for `gateOpen`. A proof is used up only where
 * one is asked for. Its rows are locked before all others.
 * @param input.acts SQL: whether there is anything to do at all
 * @param input.known SQL: whether this is a device that the account knows; it is never asked
 */
export function proofGate(input: {
  caller: Caller;
  proof: Checked;
  acts: Prisma.Sql;
  known: Prisma.Sql;
  now: Date;
}): Prisma.Sql {
  const { caller, proof, acts, known, now } = input;
  const rows = rowsOf(proof, caller, now);
  const waits = wanted('proof-wait', caller.address).key;
  return Prisma.sql`asks AS MATERIALIZED (
      SELECT ${acts} AND NOT ${known} AND ${strained(caller, now)} AS asks
    ), proof AS (${countHits(Prisma.sql`${wantedRows(rows)} WHERE (SELECT asks FROM asks)`, now)}
    ), gate AS MATERIALIZED (
      SELECT NOT asks OR COALESCE((SELECT bool_and(passed) FROM proof), false) AS open,
        (SELECT until FROM proof WHERE key = ${waits}
          AND NOT EXISTS (SELECT FROM proof WHERE key <> ${waits} AND NOT passed)) AS "waitUntil" FROM asks
    )`;
}

/** SQL: whether the act may be counted. */
export const gateOpen: Prisma.Sql = Prisma.sql`(SELECT open FROM gate)`;

/** SQL for the columns of `GateRow`. */
export const gateColumns: Prisma.Sql = Prisma.sql`${gateOpen} AS open, (SELECT "waitUntil" FROM gate) AS "waitUntil"`;

/**
 * What a client before a closed gate is asked for. Who waits goes on waiting for the same challenge; whoever brought
 * nothing, or what was used, gets another.
 */
export async function askFor(
  deps: { keyring: Keyring; caller: Caller },
  proof: Checked,
  row: GateRow,
  now: Date,
): Promise<Asked> {
  const until = proof.status === 'unsolved' && (proof.from > now ? proof.from : row.waitUntil);
  if (proof.status !== 'unsolved' || !until) return newChallenge(deps, now);
  return { challenge: proof.challenge, seconds: Math.max(1, Math.ceil((until.getTime() - now.getTime()) / 1000)) };
}
