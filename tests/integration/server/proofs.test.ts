import { hours, seconds } from '@/lib/clock';
import { connect } from '@/lib/db/client';
import { signInsKey } from '@/lib/limits/site-wide-sign-ins';
import { crowdKeys } from '@/lib/otp/guesses';
import { newChallenge } from '@/lib/proof/proof';
import { requestCode } from '@/lib/reset/request-code';
import { start } from '@/lib/reset/start';
import { verifyCode } from '@/lib/reset/verify-code';
import { signIn } from '@/lib/session/sign-in';
import { testDatabase } from '@/tests/support/database';
import { asksForCode } from '@/tests/support/person';
import { bringing, cheapProof } from '@/tests/support/proofs';
import { anasPassword, fromElsewhere, somebody, type World, worldOn } from '@/tests/support/world';

// RL-1: what is strained is strained by many at once.

const db = testDatabase();
const second = connect(process.env.DATABASE_URL ?? '');
afterAll(() => second.$disconnect());
const email = 'ana@latchkey.test';

const times = <T>(count: number, act: (n: number) => Promise<T>): Promise<T[]> =>
  Promise.all(Array.from({ length: count }, (_, n) => act(n)));

const manyGuess = async (world: World) => {
  const key = crowdKeys(world.clock.now()).hour;
  await db.counter.create({ data: { key, points: 400, expiresAt: new Date(Date.now() + hours(2)) } });
};

async function asks(world: World): Promise<string> {
  const begun = start(email, world.clock.now());
  if (begun.status !== 'started') throw new Error(begun.problem);
  return (await requestCode(world, begun.flow, 'email')).status;
}

const counted = (statuses: string[]) => statuses.filter((status) => status !== 'prove').length;

test('RL-2: of twenty acts at once, of two servers, one passes by one solved proof', async () => {
  const world = worldOn(db);
  await somebody(world);
  const { flow } = await asksForCode(world, email);
  await manyGuess(world);
  const here = bringing(world, await cheapProof(world));
  const statuses = await times(20, async (n) => {
    const server = n % 2 ? { ...here, db: second } : here;
    if (n % 3 === 0) return asks(server);
    const act = n % 3 === 1 ? verifyCode(server, flow, '000000') : signIn(server, email, 'not this one');
    return (await act).status;
  });
  expect(counted(statuses)).toBe(1);
});

test('RL-2: of twenty people of one network who waited, one passes at once', async () => {
  const world = worldOn(db);
  await manyGuess(world);
  const challenges = await times(20, async () => (await newChallenge(world, world.clock.now())).challenge);
  world.clock.advance(seconds(20));
  const statuses = await times(20, (n) =>
    asks(bringing(n % 2 ? { ...world, db: second } : world, challenges[n] ?? '')),
  );
  expect(counted(statuses)).toBe(1);
  expect(await db.challenge.count()).toBe(1);
});

test('RL-2: acts of all kinds at once wait for nobody in a circle, and right sign-ins give their tally back', async () => {
  const world = worldOn(db);
  await somebody(world);
  const { flow } = await asksForCode(world, email);
  await manyGuess(world);
  const outcomes = await times(20, async (n) => {
    const client = n % 2 ? fromElsewhere(world) : { ...world, db: second };
    const here = bringing(client, await cheapProof(client));
    if (n % 4 === 0) return asks(here);
    if (n % 4 === 1) return (await verifyCode(here, flow, '000000')).status;
    return (await signIn(here, email, n % 4 === 2 ? anasPassword : 'not this one')).status;
  });
  expect(outcomes).not.toContain('prove');
  const right = outcomes.filter((status) => status === 'signed-in').length;
  expect(right).toBeGreaterThan(0);
  const { points } = await db.counter.findUniqueOrThrow({ where: { key: signInsKey(world.clock.now()) } });
  // Failed, or never heard because the account was told to wait: those are not tallied.
  expect(points).toBeLessThanOrEqual(10 - right);
  expect(await db.counter.count({ where: { key: { startsWith: 'proof:' } } })).toBe(20);
});
