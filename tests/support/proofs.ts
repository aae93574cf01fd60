import { solve as work } from '@/components/flow/solve';
import { MOST_WORK } from '@/lib/proof/marks';
import { type Asked, newChallenge } from '@/lib/proof/proof';
import type { World } from './world';

/** Does the work, as the page's worker does. @returns what the field `proof` brings then */
export async function solve({ challenge }: Asked): Promise<string> {
  const solved = await work(challenge);
  if (!solved) throw new Error('not solved in time');
  return solved;
}

/** The same world, where this person's form brings this proof. */
export const bringing = <W extends Pick<World, 'caller'>>(world: W, proof: string | undefined): W => ({
  ...world,
  caller: { ...world.caller, proof },
});

/** What passes for all the work that is ever asked for, and is next to none. */
export const cheapWork = { level: MOST_WORK, rounds: 1, fewest: 0, most: 1, phoneMs: 0 };

/** A proof of next to no work, signed by this world's key, for stories in which hundreds of acts need one. */
export const cheapProof = async (world: Pick<World, 'keyring' | 'caller' | 'clock'>): Promise<string> =>
  solve(await newChallenge(world, world.clock.now(), cheapWork));

/** Acts as a browser with scripts: where work is asked for, it brings it and acts again. */
export async function withProof<W extends Pick<World, 'keyring' | 'caller' | 'clock'>, O extends { status: string }>(
  world: W,
  act: (world: W) => Promise<O>,
): Promise<O> {
  const outcome = await act(world);
  return outcome.status === 'prove' ? act(bringing(world, await cheapProof(world))) : outcome;
}
