import { signIn } from '@/lib/session/sign-in';
import { attacks, digitsOf, guesses } from '@/tests/support/attacker';
import { testDatabase } from '@/tests/support/database';
import { fromKnownDevice } from '@/tests/support/devices';
import { asksForCode } from '@/tests/support/person';
import { anasPassword, fromElsewhere, somebody, worldOn } from '@/tests/support/world';

const db = testDatabase();
const email = 'ana@latchkey.test';

describe('VER-4: guessing keeps nobody out', () => {
  test('however many codes were guessed at, the password signs in', async () => {
    const world = worldOn(db);
    await somebody(world);
    for (let round = 0; round < 21; round += 1) await attacks(world, email, 5);
    expect(await signIn(world, email, anasPassword)).toMatchObject({ status: 'signed-in' });
  });

  test('a known device has a bucket of its own: strangers make its codes no longer, and it makes theirs no longer', async () => {
    const world = worldOn(db);
    const { id } = await somebody(world);
    for (let round = 0; round < 4; round += 1) await attacks(world, email, 5);
    const home = await fromKnownDevice(world, id);
    expect(await digitsOf(world, await asksForCode(home, email))).toBe(6);
    await db.counter.deleteMany();
    await db.challenge.deleteMany();
    for (let round = 0; round < 4; round += 1) await guesses(await asksForCode(home, email), 5);
    expect(await digitsOf(world, await asksForCode(home, email))).toBe(8);
    // Nor those of another device of the same account.
    expect(await digitsOf(world, await asksForCode(await fromKnownDevice(world, id), email))).toBe(6);
    expect(await digitsOf(world, await asksForCode(fromElsewhere(world), email))).toBe(6);
  });

  test('a completed reset clears the wait of the sign-in as well', async () => {
    const world = worldOn(db);
    await somebody(world);
    for (let round = 0; round < 6; round += 1) await signIn(fromElsewhere(world), email, 'not this one');
    expect(await signIn(fromElsewhere(world), email, anasPassword)).toEqual({ status: 'refused' });
    const ana = await asksForCode(world, email);
    await ana.typesTheCode();
    await ana.chooses('brass otter lantern');
    expect(await signIn(world, email, 'brass otter lantern')).toMatchObject({ status: 'signed-in' });
  });
});
