import { callerFrom } from '@/lib/caller';
import { createBlocked } from '@/lib/limits/blocked';
import { deriveCode } from '@/lib/otp/derive';
import type { Asked } from '@/lib/proof/proof';
import type { ResetDeps } from '@/lib/reset/deps';
import { requestCode } from '@/lib/reset/request-code';
import { start } from '@/lib/reset/start';
import { verifyCode } from '@/lib/reset/verify-code';
import { createSlots } from '@/lib/users/hash-slots';
import type { World } from './attack';
import { costOf, freeProof } from './work';

/** People behind one address who all recover their accounts within half an hour; p0@example.com and so on. */
export type School = {
  people: number;
  /** Whether their browsers work where they are asked to; without scripts they wait as long as the page says. */
  scripts: boolean;
  /** Wrong codes that one of them types at decoys before the others come. */
  wrongCodes: number;
};

/** Shares of the people; seconds that the checks kept the one in the middle and the slowest of those who got in. */
export type Honest = { gotCode: number; gotIn: number; middleSeconds: number; slowestSeconds: number };

const ARRIVE_MS = 30 * 60_000;
/** How long somebody goes on trying, ms. */
const PATIENCE_MS = 10 * 60_000;
/** The message comes and is typed. */
const READS_MS = 30_000;
/** One in ten mistypes once. */
const MISTYPES = 10;

type Event = { at: number; go: (at: number) => Promise<void> };

/** Plays it on a clock of its own, every act against the very use-cases that serve people. */
export async function playSchool(world: World, { people, scripts, wrongCodes }: School): Promise<Honest> {
  // Never in the past: what checks a proof looks at the machine's clock as well.
  const begin = Date.now();
  let now = begin;
  const clock = { now: () => new Date(now) };
  const blocked = createBlocked();
  const deps: ResetDeps = {
    ...world,
    clock,
    blocked,
    hashSlots: createSlots(),
    caller: callerFrom(world.keyring, '203.0.113.7', []),
  };
  const queue: Event[] = [];
  const later = (at: number, go: Event['go']): void => {
    queue.push({ at, go });
    queue.sort((a, b) => a.at - b.at);
  };
  const waits: number[] = [];
  let gotCode = 0;

  /** An act with whatever checks it meets; `then` hears how it ended and how long the checks took, ms. */
  function acts<O extends { status: string; proof?: Asked }>(
    act: (deps: ResetDeps) => Promise<O>,
    then: (outcome: O, checkedMs: number, at: number) => void,
    proof?: string,
    checkedMs = 0,
  ): Event['go'] {
    return async (at) => {
      const outcome = await act({ ...deps, caller: { ...deps.caller, proof } });
      if (!outcome.proof || checkedMs > PATIENCE_MS) return then(outcome, checkedMs, at);
      const took = scripts ? costOf(outcome.proof).phone * 1000 : outcome.proof.seconds * 1000;
      const next = scripts ? await freeProof(deps) : outcome.proof.challenge;
      later(at + took, acts(act, then, next, checkedMs + took));
    };
  }

  async function types(challengeId: string, right: boolean): Promise<string> {
    const row = await world.db.challenge.findUniqueOrThrow({ where: { id: challengeId } });
    const code = deriveCode(world.keyring, row) ?? '000000';
    return right ? code : String((Number(code) + 1) % 10 ** code.length).padStart(code.length, '0');
  }
  const flowOf = (email: string) => {
    const begun = start(email, clock.now());
    if (begun.status !== 'started') throw new Error(begun.problem);
    return begun.flow;
  };

  for (let wrong = 0; wrong < wrongCodes; wrong += 5) {
    const elsewhere = { ...deps, caller: { ...deps.caller, address: `elsewhere ${wrong}` } };
    const asked = await requestCode(elsewhere, flowOf(`nobody${wrong}@example.com`), 'email');
    if (asked.status !== 'requested') continue;
    for (let n = wrong; n < Math.min(wrong + 5, wrongCodes); n += 1) await verifyCode(deps, asked.flow, '000000');
  }
  for (let n = 0; n < people; n += 1)
    later(begin + (ARRIVE_MS * n) / people, async (at) => {
      const flow = flowOf(`p${n}@example.com`);
      const verify = (tries: number, waited: number): Event['go'] =>
        acts(
          async (here) => verifyCode(here, flow, await types(flow.challengeId, tries > 0 || n % MISTYPES !== 0)),
          (outcome, checkedMs, then) => {
            if (outcome.status === 'proved') waits.push(waited + checkedMs);
            else if (outcome.status === 'wrong') later(then + 10_000, verify(tries + 1, waited + checkedMs));
          },
        );
      await acts(
        (here) => requestCode(here, flow, 'email'),
        (outcome, checkedMs, then) => {
          if (outcome.status !== 'requested') return;
          gotCode += 1;
          later(then + READS_MS, verify(0, checkedMs));
        },
      )(at);
    });

  for (let event = queue.shift(); event; event = queue.shift()) {
    now = Math.max(now, event.at);
    await event.go(event.at);
  }
  const sorted = waits.sort((a, b) => a - b);
  return {
    gotCode: gotCode / people,
    gotIn: sorted.length / people,
    middleSeconds: Math.round((sorted[Math.floor(sorted.length / 2)] ?? 0) / 1000),
    slowestSeconds: Math.round((sorted.at(-1) ?? 0) / 1000),
  };
}
