import { minutes, seconds } from '@/lib/clock';
import { readNotMe } from '@/lib/reset/not-me';
import { rememberDevice } from '@/lib/session/devices';
import { confirmSession } from '@/lib/session/sessions';
import { signIn } from '@/lib/session/sign-in';
import { guesses } from '@/tests/support/attacker';
import { testDatabase } from '@/tests/support/database';
import { codeMail, linkIn } from '@/tests/support/notices';
import { asksForCode } from '@/tests/support/person';
import { anasPassword, fromElsewhere, somebody, worldOn } from '@/tests/support/world';

const db = testDatabase();
const email = 'ana@latchkey.test';

/** All that is the account's own, to the last column. */
const account = async () => ({
  users: await db.user.findMany(),
  sessions: await db.session.findMany(),
  devices: await db.device.findMany(),
});

test('ENU-7: whatever a stranger asks for, guesses and looks at, nothing on the account changes', async () => {
  const world = worldOn(db);
  const { id } = await somebody(world);
  const home = await signIn(world, email, anasPassword);
  if (home.status !== 'signed-in') throw new Error('should sign in');
  await rememberDevice(world, { userId: id, passwordVersion: 0 }, []);
  const before = await account();
  expect([before.sessions.length, before.devices.length]).toEqual([1, 1]);

  const stranger = await asksForCode(fromElsewhere(world), email);
  expect(await readNotMe(world, await linkIn(world, codeMail))).toEqual({ status: 'close' });
  expect(await stranger.resends('sms')).toMatchObject({ status: 'resent' });
  world.clock.advance(seconds(30));
  expect(await stranger.resends('email')).toMatchObject({ status: 'resent' });
  expect(await guesses(stranger, 6)).toEqual([...Array(5).fill('wrong'), 'exhausted']);
  expect(await stranger.chooses('a password of theirs')).toEqual({ status: 'start-again' });
  // Past every limit of an address, and past a hundred guesses.
  for (let round = 0; round < 22; round += 1) await guesses(await asksForCode(fromElsewhere(world), email), 5);
  world.clock.advance(minutes(8));
  const dying = await asksForCode(fromElsewhere(world), email);
  world.clock.advance(minutes(8));
  expect(await dying.resends()).toMatchObject({ status: 'resent' });
  expect(await account()).toEqual(before);

  // Not even by the right code, before a password is set.
  await db.counter.deleteMany();
  const proved = await asksForCode(world, email);
  expect(await proved.typesTheCode()).toMatchObject({ status: 'proved' });
  expect(await proved.chooses('short')).toMatchObject({ status: 'refused' });
  expect(await account()).toEqual(before);
  expect(await confirmSession(world, home.token)).not.toBeNull();
  expect(await signIn(world, email, anasPassword)).toMatchObject({ status: 'signed-in' });
});
