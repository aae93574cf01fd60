import { hours, plus } from '@/lib/clock';
import { signInsKey } from '@/lib/limits/site-wide-sign-ins';
import { crowdKeys } from '@/lib/otp/guesses';
import { signIn } from '@/lib/session/sign-in';
import { guesses } from '@/tests/support/attacker';
import { testDatabase } from '@/tests/support/database';
import { fromKnownDevice } from '@/tests/support/devices';
import { asksForCode } from '@/tests/support/person';
import { anasPassword, somebody, type World, worldOn } from '@/tests/support/world';

const db = testDatabase();
const email = 'ana@latchkey.test';

/** The failures that are not Ana's own: of the network and of the whole site. */
const failures = async () =>
  (
    await db.counter.findMany({
      where: {
        OR: ['guess-address', 'guesses:', 'sign-in-address', 'sign-ins:'].map((start) => ({
          key: { startsWith: start },
        })),
      },
      orderBy: { key: 'asc' },
    })
  ).map(({ key, hits, points }) => ({ key, hits: hits.length, points }));

/** A network and a site in which others failed before: three wrong codes, three wrong passwords. */
async function troubled(): Promise<{ world: World; home: World }> {
  const world = worldOn(db);
  const { id } = await somebody(world);
  await somebody(world, { email: 'bo@latchkey.test', phone: null });
  const { devices } = (await fromKnownDevice(world, id)).caller;
  await guesses(await asksForCode(world, 'bo@latchkey.test'), 3);
  for (let n = 0; n < 3; n += 1) await signIn(world, 'bo@latchkey.test', 'not this one');
  const now = world.clock.now();
  for (const key of [crowdKeys(now).hour, signInsKey(now)])
    await db.counter.upsert({
      where: { key },
      create: { key, points: 5, expiresAt: plus(now, hours(2)) },
      update: { points: 5 },
    });
  // The same network: the device is all that tells the two apart.
  return { world, home: { ...world, caller: { ...world.caller, devices } } };
}

describe('VER-5: what a success gives back', () => {
  test('the right code of a known device changes no count of its network, and none of the site', async () => {
    const { home } = await troubled();
    const before = await failures();
    expect(before.map(({ hits, points }) => hits || points)).toEqual([3, 3, 5, 3, 3, 5]);
    const ana = await asksForCode(home, email);
    expect(await ana.typesTheCode()).toMatchObject({ status: 'proved' });
    expect(await failures()).toEqual(before);
    // Nor does the second click on the same code.
    await ana.types('000000');
    await ana.typesTheCode();
    expect(await failures()).toEqual(before);
  });

  test('the sign-in of a known device changes none either, wrong or right', async () => {
    const { home } = await troubled();
    const before = await failures();
    expect(await signIn(home, email, 'not this one')).toEqual({ status: 'refused' });
    expect(await failures()).toEqual(before);
    expect(await signIn(home, email, anasPassword)).toMatchObject({ status: 'signed-in' });
    expect(await failures()).toEqual(before);
  });

  test('a stranger’s right code gives back its own try, and nothing of anybody else', async () => {
    const { world } = await troubled();
    const before = await failures();
    const ana = await asksForCode(world, email);
    await ana.types('000000');
    expect(await failures()).not.toEqual(before);
    expect(await ana.typesTheCode()).toMatchObject({ status: 'proved' });
    // The wrong one stays: one more in the network's hour and day, one more of the site.
    const [day, hour, site, ...signIns] = before;
    expect(await failures()).toEqual([{ ...day, hits: 4 }, { ...hour, hits: 4 }, { ...site, points: 6 }, ...signIns]);
  });

  test('a stranger’s right password gives back its own try, and nothing of anybody else', async () => {
    const { world } = await troubled();
    const before = await failures();
    await signIn(world, email, 'not this one');
    expect(await signIn(world, email, anasPassword)).toMatchObject({ status: 'signed-in' });
    const [day, hour, site, signInDay, signInHour, signIns] = before;
    expect(await failures()).toEqual([
      day,
      hour,
      site,
      { ...signInDay, hits: 4 },
      { ...signInHour, hits: 4 },
      { ...signIns, points: 6 },
    ]);
  });
});
