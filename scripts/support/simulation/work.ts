import { solve } from '@/components/flow/solve';
import { MOST_WORK, workAt } from '@/lib/proof/marks';
import { type Asked, newChallenge } from '@/lib/proof/proof';
import type { ResetDeps } from '@/lib/reset/deps';

/** What one key of a proof takes a core of a server, seconds (measured: lib/proof/marks.ts). */
const KEY_SECONDS = 0.00041;

/** What passes for all the work that is ever asked for: what it would have cost is reckoned, not done. */
const free = { level: MOST_WORK, rounds: 1, fewest: 0, most: 1, phoneMs: 0 };

/** @returns the mean cost of what was asked for, in seconds of a server's core and of a phone of the middle */
export function costOf({ challenge }: Asked): { cpu: number; phone: number } {
  const { fewest, most, phoneMs } = workAt(JSON.parse(challenge).challenge.parameters.data.level);
  return { cpu: ((fewest + most) / 2) * KEY_SECONDS, phone: (phoneMs / 1000) * ((fewest + most) / 2 / most) };
}

/** @returns a proof for this client, made at no cost */
export async function freeProof(deps: Pick<ResetDeps, 'keyring' | 'caller' | 'clock'>): Promise<string | undefined> {
  const { challenge } = await newChallenge(deps, deps.clock.now(), free);
  return (await solve(challenge)) ?? undefined;
}
