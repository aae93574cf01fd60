import { hours, seconds } from '@/lib/clock';
import { wanted } from '@/lib/limits/count-hits';
import { spend } from '@/lib/limits/spend';
import { requestCode } from '@/lib/reset/request-code';
import { start } from '@/lib/reset/start';
import { verifyCode } from '@/lib/reset/verify-code';
import { signIn } from '@/lib/session/sign-in';
import { testDatabase } from '@/tests/support/database';
import { fromKnownDevice } from '@/tests/support/devices';
import { asksForCode, notThe } from '@/tests/support/person';
import { countedDatabase } from '@/tests/support/statements';
import { uses } from '@/tests/support/used-limits';
import { anasPassword, latestCode, somebody, type World, worldOn } from '@/tests/support/world';

// RL-2: no client's requests make rows without an end, whatever its cookie holds.

const db = testDatabase();
const counted = countedDatabase();
afterAll(() => counted.db.$disconnect());
const email = 'ana@latchkey.test';

async function asks(world: World, address = email): Promise<string> {
  const begun = start(address, world.clock.now());
  if (begun.status !== 'started') throw new Error(begun.problem);
  return (await requestCode(world, begun.flow, 'email')).status;
}
const times = async <T>(count: number, act: (n: number) => Promise<T>): Promise<T[]> => {
  const outcomes: T[] = [];
  for (let n = 0; n < count; n += 1) outcomes.push(await act(n));
  return outcomes;
};
const events = (type: string) => db.auditEvent.count({ where: { type } });
const rows = async () => (await db.challenge.count()) + (await db.delivery.count()) + (await db.auditEvent.count());

async function atHome(): Promise<{ world: World; home: World }> {
  const world = worldOn(db);
  const { id } = await somebody(world);
  return { world, home: await fromKnownDevice(world, id) };
}

test('RL-2: a known device is refused past two hundred codes an hour from its network, and then makes no rows', async () => {
  const { home } = await atHome();
  await uses(home, 'send-known-address', 185);
  expect(await times(15, () => asks(home))).toEqual(Array(15).fill('requested'));
  // Ten an hour were its own; what went on looking as ever is written down once.
  expect(await events('code_suppressed')).toBe(1);
  const before = await rows();
  expect(await times(100, () => asks(home))).toEqual(Array(100).fill('refused'));
  expect((await rows()) - before).toBe(1);
  expect(await events('send_refused')).toBe(1);
  home.clock.advance(hours(1));
  expect(await asks(home)).toBe('requested');
});

test('RL-2: strangers use up nothing of a network’s known devices, and those nothing of theirs', async () => {
  const { world, home } = await atHome();
  const neighbour = { ...world, caller: { ...home.caller, devices: [] } };
  await uses(home, 'send-address', 200);
  expect(await asks(neighbour)).toBe('refused');
  expect(await asks(home)).toBe('requested');
  await db.counter.deleteMany();
  await uses(home, 'send-known-address', 200);
  expect(await asks(home)).toBe('refused');
  neighbour.clock.advance(seconds(5));
  expect(await asks(neighbour)).toBe('requested');
});

test('RL-2: wrong codes and failed sign-ins of known devices have an end too, and right ones are given back', async () => {
  const { world, home } = await atHome();
  const { flow } = await asksForCode(home, email);
  const code = await latestCode(world);
  await uses(home, 'guess-known-address', 99);
  expect(await verifyCode(home, flow, notThe(code))).toMatchObject({ status: 'wrong' });
  expect(await verifyCode(home, flow, code)).toMatchObject({ status: 'refused-here' });
  await uses(home, 'guess-known-address', 99);
  home.clock.advance(seconds(5));
  expect(await verifyCode(home, flow, code)).toMatchObject({ status: 'proved' });
  await uses(home, 'sign-in-known-address', 499);
  for (let n = 0; n < 3; n += 1) expect(await signIn(home, email, anasPassword)).toMatchObject({ status: 'signed-in' });
  expect(await signIn(home, email, 'not this one')).toEqual({ status: 'refused' });
  expect(await signIn(home, email, anasPassword)).toMatchObject({ status: 'refused-here' });
});

test('RL-2: a device’s cookie repeats a refusal of its own from memory, for five seconds, and concerns no other browser', async () => {
  const { world, home } = await atHome();
  const here: World = { ...home, db: counted.db };
  const stranger = { ...here, caller: { ...here.caller, devices: [crypto.randomUUID()] } };
  await uses(here, 'send-address', 200);
  await uses(here, 'sign-in-address-hour', 500);
  expect(await asks(stranger, 'nobody@latchkey.test')).toBe('refused');
  const before = counted.statements.length;
  expect(await times(50, () => asks(stranger, 'nobody@latchkey.test'))).toEqual(Array(50).fill('refused'));
  expect(counted.statements).toHaveLength(before);
  expect(await asks(here)).toBe('requested');
  const asked = counted.statements.length;
  expect(await signIn(stranger, email, 'x')).toMatchObject({ status: 'refused-here' });
  expect(counted.statements.length).toBeGreaterThan(asked);
  world.clock.advance(seconds(5));
  await db.counter.deleteMany();
  expect(await asks(stranger, 'nobody@latchkey.test')).toBe('requested');
});

describe('AUD-1: what is refused is written down once an hour', () => {
  test('a thousand wrong sign-ins of one browser, one line', async () => {
    const { home } = await atHome();
    await times(60, () => signIn(home, email, 'not this one'));
    expect(await events('sign_in_failed')).toBe(5);
    expect(await events('sign_in_refused')).toBe(1);
    home.clock.advance(hours(1));
    await signIn(home, email, 'not this one');
    await times(5, () => signIn(home, email, 'not this one'));
    expect(await events('sign_in_refused')).toBe(2);
  });

  test('wrong codes, second steps and messages by hand as well', async () => {
    const { world, home } = await atHome();
    const { flow } = await asksForCode(world, 'nobody@latchkey.test');
    await uses(world, 'guess-address-hour', 90);
    const act = { type: 'second_step_refused', userId: crypto.randomUUID(), caller: world.caller } as const;
    for (let n = 0; n < 8; n += 1) {
      // Each as if by a process of its own, which remembers nothing.
      const stranger = { ...world, blocked: worldOn(db).blocked, caller: { ...world.caller, devices: [] } };
      await db.counter.deleteMany({ where: { key: { startsWith: 'proof' } } });
      const outcome = await verifyCode(stranger, flow, '000000');
      if (outcome.status === 'prove') {
        const { challenge } = outcome.proof;
        world.clock.advance(seconds(20));
        await verifyCode({ ...stranger, caller: { ...stranger.caller, proof: challenge } }, flow, '000000');
      }
      for (let step = 0; step < 3; step += 1)
        await spend(home.db, [wanted('second-step-hour', 'x')], act, world.clock.now());
    }
    expect(await events('guess_refused')).toBe(1);
    expect(await events('second_step_refused')).toBe(1);
  });
});
