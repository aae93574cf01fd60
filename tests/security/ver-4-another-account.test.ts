import { signIn } from '@/lib/session/sign-in';
import { attacks, digitsOf } from '@/tests/support/attacker';
import { anAdmin, enrols, typesCode } from '@/tests/support/authenticator';
import { appShows, notShown } from '@/tests/support/authenticator-app';
import { testDatabase } from '@/tests/support/database';
import { fromKnownDevice } from '@/tests/support/devices';
import { asksForCode } from '@/tests/support/person';
import { anasPassword, fromElsewhere, messages, somebody, worldOn } from '@/tests/support/world';

const db = testDatabase();
const email = 'ana@latchkey.test';

/** A browser that Bo's account knows, and Ana's does not. */
async function scene() {
  const world = worldOn(db);
  await somebody(world);
  const bo = await somebody(world, { email: 'bo@latchkey.test', phone: null });
  return { world, bos: await fromKnownDevice(world, bo.id) };
}
const ofDevices = () => db.counter.count({ where: { key: { contains: 'device' } } });

describe('VER-4: a device of another account is a stranger’s', () => {
  test('it has no send budget of its own', async () => {
    const { world, bos } = await scene();
    for (let round = 0; round < 20; round += 1) await asksForCode(fromElsewhere(world), email);
    expect(await messages(world)).toHaveLength(20);
    await asksForCode(bos, email);
    expect(await messages(world)).toHaveLength(20);
    expect(await ofDevices()).toBe(0);
  });

  test('it has no guess budget of its own: its codes are as long as a stranger’s, and its guesses count as theirs', async () => {
    const { world, bos } = await scene();
    for (let round = 0; round < 4; round += 1) await attacks(world, email, 5);
    const visitor = await asksForCode(bos, email);
    expect(await digitsOf(world, visitor)).toBe(8);
    await visitor.types('00000000');
    const network = await db.counter.findFirstOrThrow({
      where: { key: { startsWith: 'guess-address-hour', contains: bos.caller.address } },
    });
    expect(network.hits).toHaveLength(1);
    expect(await ofDevices()).toBe(0);
  });

  test('it has no count of sign-ins of its own: where strangers are told to wait, it waits', async () => {
    const { world, bos } = await scene();
    for (let n = 0; n < 5; n += 1) await signIn(fromElsewhere(world), email, 'not this one');
    expect(await signIn(bos, email, anasPassword)).toEqual({ status: 'refused' });
    expect(await ofDevices()).toBe(0);
  });

  test('it has no second-step budget of its own', async () => {
    const { world, bos } = await scene();
    const admin = await anAdmin(world);
    const { secret } = await enrols(world, admin);
    await db.counter.deleteMany();
    for (let n = 0; n < 10; n += 1) await typesCode(world, admin, notShown(secret, world.clock.now()));
    expect(await typesCode(bos, admin, appShows(secret, world.clock.now()))).toMatchObject({ status: 'refused' });
    expect(await ofDevices()).toBe(0);
  });
});
