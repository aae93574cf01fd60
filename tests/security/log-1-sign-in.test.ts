import { hours, minutes, seconds } from '@/lib/clock';
import { signIn } from '@/lib/session/sign-in';
import { createSlots } from '@/lib/users/hash-slots';
import { testDatabase } from '@/tests/support/database';
import { fromKnownDevice } from '@/tests/support/devices';
import { withProof } from '@/tests/support/proofs';
import { uses } from '@/tests/support/used-limits';
import { anasPassword, fromElsewhere, somebody, type World, worldOn } from '@/tests/support/world';

const db = testDatabase();
const email = 'ana@latchkey.test';

const fails = async (world: World, times: number, address = email) => {
  for (let n = 0; n < times; n += 1)
    expect(await withProof(world, (here) => signIn(here, address, 'not this one'))).toEqual({ status: 'refused' });
};

describe('LOG-1: sign-in', () => {
  test('after five failures nobody is heard for 1, 2, 4 … seconds, up to 15 minutes, and the right password waits too', async () => {
    const world = worldOn(db);
    await somebody(world);
    await fails(world, 5);
    expect(await signIn(world, email, anasPassword)).toEqual({ status: 'refused' });
    world.clock.advance(seconds(1));
    await fails(world, 1);
    world.clock.advance(seconds(1));
    expect(await signIn(world, email, anasPassword)).toEqual({ status: 'refused' });
    world.clock.advance(seconds(1));
    expect(await signIn(world, email, anasPassword)).toMatchObject({ status: 'signed-in' });
    // A success begins the count anew.
    await fails(world, 4);
    expect(await signIn(world, email, anasPassword)).toMatchObject({ status: 'signed-in' });
  });

  test('the wait never exceeds fifteen minutes', async () => {
    const world = worldOn(db);
    await somebody(world);
    for (let failure = 0; failure < 30; failure += 1) {
      await fails(fromElsewhere(world), 1);
      world.clock.advance(minutes(15));
    }
    expect(await signIn(world, email, anasPassword)).toMatchObject({ status: 'signed-in' });
  });

  test('unknown, waiting and wrong look alike, and leave the same rows', async () => {
    const world = worldOn(db);
    await somebody(world);
    await fails(world, 7);
    const counted = await db.counter.findFirstOrThrow({ where: { key: { startsWith: 'sign-in:' } } });
    await db.counter.deleteMany();
    await fails(world, 7, 'nobody@latchkey.test');
    expect(await db.counter.findFirstOrThrow({ where: { key: { startsWith: 'sign-in:' } } })).toMatchObject({
      points: counted.points,
      until: counted.until,
    });
  });

  test('a known device has a count of its own: strangers lock nobody out', async () => {
    const world = worldOn(db);
    const { id } = await somebody(world);
    for (let n = 0; n < 12; n += 1) await fails(fromElsewhere(world), 1);
    const home = await fromKnownDevice(world, id);
    expect(await signIn(home, email, anasPassword)).toMatchObject({ status: 'signed-in' });
    await fails(home, 5);
    expect(await signIn(home, email, anasPassword)).toEqual({ status: 'refused' });
  });

  test('five hundred failures an hour come from one network, whoever they are at; then it is told', async () => {
    const world = worldOn(db);
    await somebody(world);
    await signIn(world, email, anasPassword);
    await uses(world, 'sign-in-address-hour', 500);
    const proved = await withProof(world, (here) => signIn(here, email, anasPassword));
    expect(proved).toMatchObject({ status: 'refused-here' });
    expect(await signIn(fromElsewhere(world), email, anasPassword)).toMatchObject({ status: 'signed-in' });
    world.clock.advance(hours(1));
    expect(await signIn(world, email, anasPassword)).toMatchObject({ status: 'signed-in' });
  });

  test('where too many passwords wait to be checked it says so, and counts nothing', async () => {
    const world = worldOn(db, { hashSlots: createSlots(1) });
    await somebody(world);
    let free = (): void => {};
    const held = world.hashSlots.run('other', () => new Promise<void>((resolve) => (free = resolve)));
    const waiting = Array.from({ length: 8 }, () => world.hashSlots.run(world.caller.address, async () => undefined));
    expect(await signIn(world, email, anasPassword)).toEqual({ status: 'busy' });
    expect(await db.counter.findFirstOrThrow({ where: { key: { startsWith: 'sign-in:' } } })).toMatchObject({
      points: 0,
    });
    free();
    await Promise.all([held, ...waiting]);
    expect(await signIn(world, email, anasPassword)).toMatchObject({ status: 'signed-in' });
  });
});
