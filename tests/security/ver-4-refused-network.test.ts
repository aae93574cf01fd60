import { hours, seconds } from '@/lib/clock';
import { requestCode } from '@/lib/reset/request-code';
import { start } from '@/lib/reset/start';
import { signIn } from '@/lib/session/sign-in';
import { guesses } from '@/tests/support/attacker';
import { testDatabase } from '@/tests/support/database';
import { fromKnownDevice } from '@/tests/support/devices';
import { asksForCode, takesUp } from '@/tests/support/person';
import { withProof } from '@/tests/support/proofs';
import {
  anasPassword,
  deliver,
  fromElsewhere,
  latestCode,
  messages,
  somebody,
  type World,
  worldOn,
} from '@/tests/support/world';

const db = testDatabase();
const email = 'ana@latchkey.test';

/** Somebody in Ana's network, and Ana at her own browser there. */
async function sharedNetwork(): Promise<{ world: World; home: World }> {
  const world = worldOn(db);
  const { id } = await somebody(world);
  const { devices } = (await fromKnownDevice(world, id)).caller;
  return { world, home: { ...world, caller: { ...world.caller, devices } } };
}

async function asks(world: World, at: string): Promise<string> {
  const begun = start(at, world.clock.now());
  if (begun.status !== 'started') throw new Error(begun.problem);
  return (await withProof(world, (here) => requestCode(here, begun.flow, 'email'))).status;
}

/** This process knows that the network is refused. */
const remembered = (world: World) => world.blocked.size > 0;

/** As an admin may set them, so that a network is refused soon. */
const soon = { 'send-address': 20, 'guess-address-hour': 30, 'sign-in-address-hour': 50 };
beforeEach(() =>
  db.limitOverride.createMany({
    data: Object.entries(soon).map(([policy, most]) => ({ policy, most, version: 1, changedAt: new Date() })),
  }),
);

describe('VER-4: just after its network was refused, a known device goes on', () => {
  test('its request is served', async () => {
    const { world, home } = await sharedNetwork();
    for (let n = 0; n < 20; n += 1) await asks(world, `p${n}@latchkey.test`);
    expect(await asks(world, 'one.more@latchkey.test')).toBe('refused');
    expect(remembered(world)).toBe(true);
    await asksForCode(home, email);
    expect(await messages(world)).toHaveLength(1);
    expect(await asks(world, 'one.more@latchkey.test')).toBe('refused');
  });

  test('its code is compared', async () => {
    const { world, home } = await sharedNetwork();
    const ana = await asksForCode(home, email);
    const code = await latestCode(world);
    await guessesUntilRefused(world);
    expect(remembered(world)).toBe(true);
    expect(await ana.types('000000')).toMatchObject({ status: 'wrong' });
    expect(await ana.types(code)).toMatchObject({ status: 'proved' });
  });

  test('its sign-in works', async () => {
    const { world, home } = await sharedNetwork();
    for (let n = 0; n < 50; n += 1)
      await withProof(world, (here) => signIn(here, `p${n}@latchkey.test`, 'not this one'));
    const more = await withProof(world, (here) => signIn(here, 'more@latchkey.test', 'not this one'));
    expect(more).toMatchObject({ status: 'refused-here' });
    expect(remembered(world)).toBe(true);
    expect(await signIn(home, email, anasPassword)).toMatchObject({ status: 'signed-in' });
  });

  test('a refusal that ends within those five seconds ends on time', async () => {
    const { world } = await sharedNetwork();
    for (let n = 0; n < 20; n += 1) await asks(world, `p${n}@latchkey.test`);
    world.clock.advance(hours(1) - seconds(2));
    expect(await asks(world, email)).toBe('refused');
    world.clock.advance(seconds(1));
    expect(await asks(world, email)).toBe('refused');
    world.clock.advance(seconds(1));
    expect(await asks(world, email)).toBe('requested');
    await deliver(world);
    expect(await messages(world)).toHaveLength(1);
  });
});

/** Wrong codes from this network, at codes that others asked for, until it is refused. */
async function guessesUntilRefused(world: World): Promise<void> {
  for (let n = 0; n < 6; n += 1) {
    const { flow } = await asksForCode(fromElsewhere(world), `p${n}@latchkey.test`);
    await guesses(takesUp(world, flow), 5);
  }
  const { flow } = await asksForCode(fromElsewhere(world), 'q@latchkey.test');
  expect(await takesUp(world, flow).types('000000')).toMatchObject({ status: 'refused-here' });
  // What was refused was not compared, and counts for nothing: thirty are the site's.
  expect(await world.db.counter.findFirst({ where: { key: { startsWith: 'guesses:' } } })).toMatchObject({
    points: 30,
  });
}
