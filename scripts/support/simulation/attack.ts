import type { Database } from '@/lib/db/client';
import { createBlocked } from '@/lib/limits/blocked';
import type { ResetDeps } from '@/lib/reset/deps';
import type { Flow } from '@/lib/reset/flow';
import { requestCode } from '@/lib/reset/request-code';
import { start } from '@/lib/reset/start';
import { verifyCode } from '@/lib/reset/verify-code';
import { createSlots } from '@/lib/users/hash-slots';
import { freeProof } from './work';

/** Guesses that were compared with a real code, by its number of digits. */
export type Guessed = Map<number, number>;

export type Attack = {
  /** How many accounts it is about; their addresses are p0@example.com and so on. */
  accounts: number;
  /** Whether each step may come from a network that was never seen before. */
  networks: 'one' | 'any';
  /** Real guesses stop here: what is left of the day is worked out, not played (see `rest`). */
  mostGuesses: number;
};

export type World = Omit<ResetDeps, 'caller' | 'blocked' | 'hashSlots' | 'clock'> & { db: Database };

const HOUR = 3_600_000;

/**
 * Plays a greedy attacker for a day of a clock that only he moves, against the very use-cases that serve people: he
 * asks for as many codes as he is given, spends every try of each, and moves on an hour where he is refused or where
 * codes are beyond guessing. Where work is asked for he has it done already.
 */
export async function play(world: World, attack: Attack): Promise<Guessed> {
  const guessed: Guessed = new Map();
  // Never in the past: what checks a proof looks at the machine's clock as well.
  let now = Date.now();
  const end = now + 24 * HOUR;
  let seen = 0;
  const blocked = createBlocked();
  const hashSlots = createSlots();
  const deps = (): ResetDeps => {
    seen += 1;
    const address = attack.networks === 'one' ? 'network' : `network ${seen}`;
    return { ...world, blocked, hashSlots, clock: { now: () => new Date(now) }, caller: { address, devices: [] } };
  };
  const total = (): number => [...guessed.values()].reduce((sum, count) => sum + count, 0);

  while (now < end && total() < attack.mostGuesses) {
    const before = total();
    const flows: Flow[] = [];
    // First as many codes as there are, then the guesses: codes that live already do not grow any more.
    for (let n = 0; n < attack.accounts; n += 1) {
      const flow = await ask(deps(), `p${n}@example.com`);
      if (flow === 'refused') break;
      flows.push(flow);
    }
    for (const flow of flows) await guessAt(world.db, deps, flow, guessed);
    const gained = total() - before;
    // With many accounts each round is one code for everybody; with one account it is one code.
    if (gained === 0) now += HOUR;
    else now += 1_000;
  }
  return guessed;
}

/** Work costs him nothing here: a challenge of next to none, signed by the world's own key. */
async function worked<O extends { status: string }>(deps: ResetDeps, act: (deps: ResetDeps) => Promise<O>): Promise<O> {
  const outcome = await act(deps);
  if (outcome.status !== 'prove') return outcome;
  const proof = await freeProof(deps);
  return act({ ...deps, caller: { ...deps.caller, proof } });
}

async function ask(deps: ResetDeps, email: string): Promise<Flow | 'refused'> {
  const begun = start(email, deps.clock.now());
  if (begun.status !== 'started') throw new Error(begun.problem);
  const outcome = await worked(deps, (here) => requestCode(here, begun.flow, 'email'));
  return outcome.status === 'requested' ? outcome.flow : 'refused';
}

async function guessAt(db: Database, deps: () => ResetDeps, flow: Flow, guessed: Guessed): Promise<void> {
  const row = await db.challenge.findUniqueOrThrow({ where: { id: flow.challengeId } });
  // Beyond guessing, or a decoy because the address had its codes: not worth a try.
  if (row.digits >= 20 || row.userId === null) return;
  for (let guess = 0; guess < row.maxAttempts; guess += 1) {
    const { status } = await worked(deps(), (here) => verifyCode(here, flow, String(guess).padStart(row.digits, '0')));
    if (status !== 'wrong' && status !== 'proved') return;
    guessed.set(row.digits, (guessed.get(row.digits) ?? 0) + 1);
  }
}
