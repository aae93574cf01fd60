import { hours, minutes, seconds } from '@/lib/clock';
import { signInsKey } from '@/lib/limits/site-wide-sign-ins';
import { crowdKeys } from '@/lib/otp/guesses';
import { CROWD_GUESSES } from '@/lib/otp/policy';
import type { Asked } from '@/lib/proof/proof';
import type { Flow } from '@/lib/reset/flow';
import { requestCode } from '@/lib/reset/request-code';
import { resendCode } from '@/lib/reset/resend-code';
import { start } from '@/lib/reset/start';
import { verifyCode } from '@/lib/reset/verify-code';
import { signIn } from '@/lib/session/sign-in';
import { testDatabase } from '@/tests/support/database';
import { fromKnownDevice } from '@/tests/support/devices';
import { asksForCode, notThe } from '@/tests/support/person';
import { bringing, cheapProof, solve } from '@/tests/support/proofs';
import { uses } from '@/tests/support/used-limits';
import { anasPassword, fromElsewhere, latestCode, somebody, type World, worldOn } from '@/tests/support/world';

const db = testDatabase();
const email = 'ana@latchkey.test';

const begun = (world: World, address = email): Flow => {
  const started = start(address, world.clock.now());
  if (started.status !== 'started') throw new Error(started.problem);
  return started.flow;
};
const requests = (world: World, address = email) => requestCode(world, begun(world, address), 'email');

const tally = (key: string, points: number) =>
  db.counter.upsert({
    where: { key },
    create: { key, points, expiresAt: new Date(Date.now() + hours(3)) },
    update: { points },
  });
const crowdGuesses = (world: World, points: number) => tally(crowdKeys(world.clock.now()).hour, points);

/** All that is counted, spent, sent or written down. */
const everything = async () =>
  JSON.stringify([
    // These only say how the last ones that asked fared.
    await db.counter.findMany({
      orderBy: { key: 'asc' },
      omit: { passed: true, cap: true, refusals: true, refusedAt: true },
    }),
    await db.challenge.findMany({ orderBy: { id: 'asc' } }),
    await db.delivery.count(),
    await db.session.count(),
    await db.auditEvent.count(),
  ]);

const proofOf = (outcome: { status: string; proof?: Asked }): Asked => {
  if (outcome.status !== 'prove' || !outcome.proof) throw new Error(`not asked: ${outcome.status}`);
  return outcome.proof;
};

/** What each act answers here, and whether it left anything behind. Each runs in a flow that stands ready for it. */
async function acts(world: World, address = email) {
  const calm = fromElsewhere(world);
  const visitor = await asksForCode(calm, address);
  world.clock.advance(seconds(31));
  return {
    request: (here: World) => requests(here, address),
    resend: (here: World) => resendCode(here, visitor.flow, 'email'),
    verify: (here: World) => verifyCode(here, visitor.flow, '000000'),
    'sign in': (here: World) => signIn(here, address, 'not this one'),
  };
}

describe('RL-2: when work is asked for', () => {
  test('below every mark nobody is asked', async () => {
    const world = worldOn(db);
    await somebody(world);
    const all = await acts(world);
    await uses(world, 'guess-address-hour', 23);
    await uses(world, 'guess-address-day', 49);
    await uses(world, 'sign-in-address-hour', 39);
    await uses(world, 'sign-in-address-day', 159);
    await uses(world, 'send-address', 18);
    await crowdGuesses(world, CROWD_GUESSES / 2 - 1);
    await tally(signInsKey(world.clock.now()), 1_000 - 1);
    for (const act of [all.request, all.resend, all.verify]) expect((await act(world)).status).not.toBe('prove');
    // The wrong code counted.
    await uses(world, 'guess-address-hour', 23);
    await uses(world, 'guess-address-day', 49);
    await crowdGuesses(world, CROWD_GUESSES / 2 - 1);
    expect((await all['sign in'](world)).status).toBe('refused');
  });

  test.each<[string, (world: World) => Promise<unknown>]>([
    ['24 wrong codes of an hour', (world) => uses(world, 'guess-address-hour', 24)],
    ['80 wrong codes of a day', (world) => uses(world, 'guess-address-day', 80)],
    ['40 failed sign-ins of an hour', (world) => uses(world, 'sign-in-address-hour', 40)],
    ['160 failed sign-ins of a day', (world) => uses(world, 'sign-in-address-day', 160)],
    ['half of the crowd’s wrong codes', (world) => crowdGuesses(world, CROWD_GUESSES / 2)],
    ['everybody’s failed sign-ins', (world) => tally(signInsKey(world.clock.now()), 1_000)],
    ['those of the hour before', (world) => tally(signInsKey(new Date(world.clock.now().getTime() - hours(1))), 1_000)],
  ])('a stranger past %s is asked at every act, owned or not, and nothing is spent', async (_, strain) => {
    const world = worldOn(db);
    await somebody(world);
    for (const address of [email, 'nobody@latchkey.test']) {
      const all = await acts(world, address);
      await strain(world);
      const before = await everything();
      for (const act of Object.values(all))
        expect(await act(world)).toEqual({ status: 'prove', proof: { challenge: expect.any(String), seconds: 20 } });
      expect(await everything()).toBe(before);
      await db.counter.deleteMany();
    }
  });

  test('one network’s own failures ask nobody else, and are forgotten with their window', async () => {
    const world = worldOn(db);
    await uses(world, 'guess-address-hour', 30);
    expect(await requests(world)).toMatchObject({ status: 'prove' });
    expect(await requests(fromElsewhere(world))).toMatchObject({ status: 'requested' });
    world.clock.advance(hours(1));
    expect(await requests(world)).toMatchObject({ status: 'requested' });
  });

  test('a known device is never asked; somebody else’s device is a stranger', async () => {
    const world = worldOn(db);
    const { id } = await somebody(world);
    const bo = await somebody(world, { email: 'bo@latchkey.test', phone: null });
    const home = await fromKnownDevice(world, id);
    const flow = (await asksForCode(home, email)).flow;
    await crowdGuesses(world, CROWD_GUESSES);
    await tally(signInsKey(world.clock.now()), 1_000);
    world.clock.advance(seconds(31));
    expect(await requests(home)).toMatchObject({ status: 'requested' });
    expect(await resendCode(home, flow, 'email')).toMatchObject({ status: 'resent' });
    expect(await verifyCode(home, flow, notThe(await latestCode(world)))).toMatchObject({ status: 'wrong' });
    expect(await signIn(home, email, anasPassword)).toMatchObject({ status: 'signed-in' });
    const foreign = await fromKnownDevice(world, bo.id);
    expect(await requests(foreign)).toMatchObject({ status: 'prove' });
    expect(await signIn(foreign, email, anasPassword)).toMatchObject({ status: 'prove' });
  });

  test('failed sign-ins of strangers are tallied for everybody; a right one is given back, a device’s is none', async () => {
    const world = worldOn(db);
    const { id } = await somebody(world);
    await signIn(world, email, 'not this one');
    await signIn(world, 'nobody@latchkey.test', 'not this one');
    await signIn(world, email, anasPassword);
    const home = await fromKnownDevice(world, id);
    await signIn(home, email, 'not this one');
    await signIn(home, email, anasPassword);
    const row = await db.counter.findUniqueOrThrow({ where: { key: signInsKey(world.clock.now()) } });
    expect(row.points).toBe(2);
  });
});

describe('RL-2: what a proof is worth', () => {
  const strainedWorld = async () => {
    const world = worldOn(db);
    await somebody(world);
    await uses(world, 'guess-address-hour', 24);
    return world;
  };

  test('solved, one act at once, whichever; a replay is asked anew', async () => {
    const world = await strainedWorld();
    for (const act of Object.values(await acts(world))) {
      const proof = await solve(proofOf(await act(world)));
      expect((await act(bringing(world, proof))).status).not.toBe('prove');
      // A resend that would be told to wait has nothing to be asked for.
      world.clock.advance(seconds(31));
      const before = await everything();
      const again = await act(bringing(world, proof));
      expect(proofOf(again).seconds).toBe(20);
      expect(proof).not.toContain(JSON.parse(proofOf(again).challenge).challenge.parameters.nonce);
      expect(await everything()).toBe(before);
    }
  });

  test('of twenty acts at once with one proof, one is counted', async () => {
    const world = await strainedWorld();
    const here = bringing(world, await cheapProof(world));
    const outcomes = await Promise.all(Array.from({ length: 20 }, () => requests(here)));
    expect(outcomes.filter(({ status }) => status === 'requested')).toHaveLength(1);
    expect(await db.challenge.count()).toBe(1);
  });

  test('unsolved, one act after the wait and none before, for the same challenge all along', async () => {
    const world = await strainedWorld();
    const { challenge } = proofOf(await requests(world));
    const here = bringing(world, challenge);
    world.clock.advance(seconds(12) + 500);
    const before = await everything();
    expect(await requests(here)).toEqual({ status: 'prove', proof: { challenge, seconds: 8 } });
    expect(await everything()).toBe(before);
    world.clock.advance(seconds(8));
    expect(await requests(here)).toMatchObject({ status: 'requested' });
    expect(proofOf(await requests(here)).challenge).not.toBe(challenge);
  });

  test('one network waits once in twenty seconds, however many challenges it took', async () => {
    const world = await strainedWorld();
    const taken: string[] = [];
    for (let n = 0; n < 3; n += 1) taken.push(proofOf(await requests(world)).challenge);
    world.clock.advance(seconds(20));
    const passes = async (challenge: string | undefined) => (await requests(bringing(world, challenge))).status;
    expect(await passes(taken[0])).toBe('requested');
    world.clock.advance(seconds(5));
    expect(await requests(bringing(world, taken[1]))).toEqual({
      status: 'prove',
      proof: { challenge: taken[1], seconds: 15 },
    });
    world.clock.advance(seconds(15));
    expect(await passes(taken[1])).toBe('requested');
    expect(await passes(taken[2])).toBe('prove');
    world.clock.advance(minutes(5));
    expect(await passes(taken[2])).toBe('prove');
  });

  test('of another client, forged or nonsense, nothing', async () => {
    const world = await strainedWorld();
    const elsewhere = await cheapProof(fromElsewhere(world));
    for (const proof of [elsewhere, '', 'null', '{"challenge":{}}'])
      expect(await requests(bringing(world, proof))).toMatchObject({ status: 'prove' });
  });

  test('where none is asked for, none is used up', async () => {
    const world = worldOn(db);
    const here = bringing(world, await cheapProof(world));
    expect(await requests(here)).toMatchObject({ status: 'requested' });
    await uses(world, 'guess-address-hour', 24);
    expect(await requests(here)).toMatchObject({ status: 'requested' });
    expect(await requests(here)).toMatchObject({ status: 'prove' });
  });

  test('it opens no limit: a network that is past one stays refused', async () => {
    const world = worldOn(db);
    const visitor = await asksForCode(world, email);
    await uses(world, 'guess-address-hour', 90);
    const here = bringing(world, await cheapProof(world));
    expect(await verifyCode(here, visitor.flow, '000000')).toMatchObject({ status: 'refused-here' });
  });
});
