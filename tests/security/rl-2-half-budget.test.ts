import { hours, seconds } from '@/lib/clock';
import { newChallenge } from '@/lib/proof/proof';
import { requestCode } from '@/lib/reset/request-code';
import { start } from '@/lib/reset/start';
import { testDatabase } from '@/tests/support/database';
import { fromKnownDevice } from '@/tests/support/devices';
import { bringing, cheapProof, cheapWork, solve } from '@/tests/support/proofs';
import { deliver, fromElsewhere, messages, somebody, type World, worldOn } from '@/tests/support/world';

// RL-2, ENU-8: past half of what an identifier bears unknown devices work, and nobody learns whether it has an account.

const db = testDatabase();
const email = 'ana@latchkey.test';
const both = [email, 'nobody@latchkey.test'];

async function asks(world: World, address = email, channel: 'email' | 'sms' = 'email') {
  const begun = start(address, world.clock.now());
  if (begun.status !== 'started') throw new Error(begun.problem);
  return requestCode(world, begun.flow, channel);
}
/** As somebody with a proof of this level. */
const asksWith = async (world: World, address: string, level: number) => {
  const here = fromElsewhere(world);
  const asked = await newChallenge(here, world.clock.now(), { ...cheapWork, level });
  return asks(bringing(here, await solve(asked)), address);
};
/** Waits as long as it is told to, as a browser without scripts. */
const waits = async (world: World, address: string) => {
  const here = fromElsewhere(world);
  const outcome = await asks(here, address);
  if (outcome.status !== 'prove') return outcome;
  world.clock.advance(seconds(outcome.proof.seconds));
  return asks(bringing(here, outcome.proof.challenge), address);
};
const times = async (count: number, act: (n: number) => Promise<unknown>): Promise<void> => {
  for (let n = 0; n < count; n += 1) await act(n);
};
const levelOf = (outcome: Awaited<ReturnType<typeof asks>>): { level: number; seconds: number } => {
  if (outcome.status !== 'prove') throw new Error(outcome.status);
  const { data, cost } = JSON.parse(outcome.proof.challenge).challenge.parameters;
  expect(cost).toBe(1_000);
  return { level: data.level, seconds: outcome.proof.seconds };
};

test.each(both)('RL-2: ten codes an hour are free for %s, then the work doubles with each request', async (address) => {
  const world = worldOn(db);
  await somebody(world);
  await times(10, async () => expect(await asks(fromElsewhere(world), address)).toMatchObject({ status: 'requested' }));
  for (const [level, wait] of [
    [0, 1],
    [1, 2],
    [2, 4],
    [3, 8],
    [4, 10],
    [4, 10],
  ] as const) {
    const demand = await asks(fromElsewhere(world), address);
    expect(levelOf(demand)).toEqual({ level, seconds: wait });
    // Less work than that is worth nothing, and is not used up.
    if (level > 0) expect(await asksWith(world, address, level - 1)).toMatchObject({ status: 'prove' });
    expect(await asksWith(world, address, level)).toMatchObject({ status: 'requested' });
  }
  // The other channel has a budget of its own, and an hour ends it.
  expect(await asks(fromElsewhere(world), address, 'sms')).toMatchObject({ status: 'requested' });
  world.clock.advance(hours(1));
  expect(await asks(fromElsewhere(world), address)).toMatchObject({ status: 'requested' });
});

test('RL-2: full, it goes on asking for the most work and sends nothing more; a known device is never asked', async () => {
  const world = worldOn(db);
  const { id } = await somebody(world);
  await times(24, () => asksWith(world, email, 4));
  await times(10, () => asksWith(world, email, 4));
  await deliver(world);
  expect(await messages(world)).toHaveLength(20);
  expect(levelOf(await asks(fromElsewhere(world)))).toEqual({ level: 4, seconds: 10 });
  expect(await asksWith(world, email, 4)).toMatchObject({ status: 'requested' });
  await deliver(world);
  expect(await messages(world)).toHaveLength(20);
  expect(await asks(await fromKnownDevice(world, id))).toMatchObject({ status: 'requested' });
  await deliver(world);
  expect(await messages(world)).toHaveLength(21);
});

test.each(both)(
  'RL-2: without scripts two an hour wait their way past half of %s, others silently get none',
  async (address) => {
    const world = worldOn(db);
    await somebody(world);
    await times(10, () => asks(fromElsewhere(world), address));
    await times(5, async () => expect(await waits(world, address)).toMatchObject({ status: 'requested' }));
    expect(await db.challenge.count({ where: { userId: { not: null } } })).toBe(address === email ? 12 : 0);
    expect(await db.challenge.count()).toBe(15);
    const row = await db.counter.findFirstOrThrow({ where: { key: { startsWith: 'send-identifier-hour:email' } } });
    expect(row.hits).toHaveLength(12);
    // What they could not use is there for whoever works.
    await times(8, () => asksWith(world, address, 4));
    expect(await db.challenge.count({ where: { userId: { not: null } } })).toBe(address === email ? 20 : 0);
  },
);

test('RL-2: forty codes a day: past twenty the work doubles in any hour', async () => {
  const world = worldOn(db);
  await times(10, () => asks(fromElsewhere(world)));
  world.clock.advance(hours(1));
  await times(10, () => asks(fromElsewhere(world)));
  world.clock.advance(hours(1));
  expect(levelOf(await asks(fromElsewhere(world)))).toEqual({ level: 0, seconds: 1 });
  expect(await asksWith(world, email, 4)).toMatchObject({ status: 'requested' });
  expect(levelOf(await asks(fromElsewhere(world)))).toEqual({ level: 1, seconds: 2 });
});

test('RL-2: a proof that waited little passes only where little is waited for', async () => {
  const world = worldOn(db);
  await times(10, () => asks(fromElsewhere(world)));
  const here = fromElsewhere(world);
  const outcome = await asks(here);
  if (outcome.status !== 'prove') throw new Error(outcome.status);
  const strained = { key: 'guesses-mark', points: 0, expiresAt: new Date(Date.now() + hours(3)) };
  await db.counter.create({ data: strained });
  world.clock.advance(seconds(1));
  const anew = await asks(bringing(here, outcome.proof.challenge));
  if (anew.status !== 'prove') throw new Error(anew.status);
  expect(anew.proof.seconds).toBe(20);
  expect(anew.proof.challenge).not.toBe(outcome.proof.challenge);
});

test('RL-2: past twenty codes an hour a network works; it waits for itself and not for its neighbours', async () => {
  const world = worldOn(db);
  const address = (n: number) => `p${n}@latchkey.test`;
  await times(20, async (n) => expect(await asks(world, address(n))).toMatchObject({ status: 'requested' }));
  const taken = await Promise.all([20, 21, 22].map((n) => asks(world, address(n))));
  for (const demand of taken) expect(levelOf(demand)).toEqual({ level: 0, seconds: 1 });
  expect(await asks(bringing(world, await cheapProof(world)), address(20))).toMatchObject({ status: 'requested' });
  world.clock.advance(seconds(1));
  for (const [n, demand] of taken.entries()) {
    if (demand.status !== 'prove') throw new Error(demand.status);
    expect(await asks(bringing(world, demand.proof.challenge), address(30 + n))).toMatchObject({ status: 'requested' });
  }
});
