import { callerFrom } from '@/lib/caller';
import { createBlocked } from '@/lib/limits/blocked';
import { addressKey } from '@/lib/limits/client-address';
import type { ResetDeps } from '@/lib/reset/deps';
import { requestCode } from '@/lib/reset/request-code';
import { start } from '@/lib/reset/start';
import { createSlots } from '@/lib/users/hash-slots';
import type { World } from './attack';
import { costOf, freeProof } from './work';

/** Who wants that somebody else gets no code by email, and from where. */
export type Silencer = {
  who: string;
  /** Whether a browser works where it is asked to; else it waits as long. */
  works: boolean;
  /** The n-th network that it has, as an address; undefined where it has no more. */
  network: (n: number) => string | undefined;
  hours: number;
};

/** What it took, and what was left for the owner: codes that strangers' browsers still got at the end of each hour. */
export type Silenced = { networks: number; requests: number; cpuSeconds: number; silentHours: number };

const HOUR = 3_600_000;
/** Networks tried an hour at most. */
const MOST_NETWORKS = 60;
const owner = 'p0@example.com';

/**
 * Uses up what one owner may be sent by email, hour by hour, from as few networks as it takes, against the very
 * use-cases that serve people. Work is not done but reckoned.
 */
export async function silence(world: World, { works, network, hours }: Silencer): Promise<Silenced> {
  // Never in the past: what checks a proof looks at the machine's clock as well.
  let now = Date.now();
  const clock = { now: () => new Date(now) };
  const from = (address: string): ResetDeps => ({
    ...world,
    clock,
    blocked: createBlocked(),
    hashSlots: createSlots(),
    caller: callerFrom(world.keyring, addressKey(address) ?? address, []),
  });
  const told = { networks: new Set<number>(), requests: 0, cpuSeconds: 0, silentHours: 0 };

  /** @returns whether a code went to the owner */
  async function asks(deps: ResetDeps, pays: boolean, waits: boolean): Promise<boolean> {
    const begun = start(owner, clock.now());
    if (begun.status !== 'started') throw new Error(begun.problem);
    let outcome = await requestCode(deps, begun.flow, 'email');
    let cpu = 0;
    if (outcome.status === 'prove') {
      if (pays && !waits) ({ cpu } = costOf(outcome.proof));
      if (waits) now += outcome.proof.seconds * 1000;
      const proof = waits ? outcome.proof.challenge : await freeProof(deps);
      outcome = await requestCode({ ...deps, caller: { ...deps.caller, proof } }, begun.flow, 'email');
    }
    if (outcome.status !== 'requested') return false;
    const { userId } = await world.db.challenge.findUniqueOrThrow({ where: { id: begun.flow.challengeId } });
    // What he does besides, because he cannot see that it was in vain, is not reckoned.
    if (userId !== null) told.cpuSeconds += cpu;
    return userId !== null;
  }

  for (let hour = 0; hour < hours; hour += 1) {
    for (let n = 0; n < MOST_NETWORKS; n += 1) {
      const address = network(n);
      if (address === undefined) break;
      const before = told.requests;
      // A network is done with when nothing of it arrives any more, and so is the owner when nothing of a fresh one does.
      while (await asks(from(address), true, !works)) told.requests += 1;
      if (told.requests === before) break;
      told.networks.add(n);
    }
    // The owner, in a browser that no account knows, who works where it is asked to.
    if (!(await asks(from('198.51.100.200'), false, false))) told.silentHours += 1;
    now += HOUR;
  }
  return { ...told, networks: told.networks.size };
}

const hex = (n: number): string => n.toString(16);
const kinds = {
  'any number of networks': (n: number) => `203.0.113.${n + 1}`,
  'one home (IPv6 /56)': (n: number) => (n < 256 ? `2001:db8:1:${hex(n)}::1` : undefined),
  'one office (IPv6 /48)': (n: number) => `2001:db8:2:${hex(n * 256)}::1`,
};
/** An hour and a day of each kind of attacker, with and without working. */
export const silencers: readonly Silencer[] = Object.entries(kinds).flatMap(([who, network]) =>
  [true, false].flatMap((works) => [1, 24].map((hours) => ({ who, works, network, hours }))),
);
