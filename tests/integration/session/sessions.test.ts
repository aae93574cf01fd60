import { hash } from '@node-rs/argon2';
import { minutes } from '@/lib/clock';
import { rememberDevice } from '@/lib/session/devices';
import { confirmSession, createSession, endSession } from '@/lib/session/sessions';
import { signIn } from '@/lib/session/sign-in';
import { hashPassword } from '@/lib/users/password-hash';
import { testDatabase } from '@/tests/support/database';
import { anasPassword, nothingCounted, somebody, whoFits, worldOn } from '@/tests/support/world';

const db = testDatabase();

async function signedIn(world: ReturnType<typeof worldOn>): Promise<string> {
  const outcome = await signIn(world, 'ana@latchkey.test', anasPassword);
  if (outcome.status === 'signed-in') return outcome.token;
  if (outcome.status !== 'second-step') throw new Error('should sign in');
  const session = await createSession(world, { ...outcome, role: 'admin' }, 'second step passed');
  if (!session) throw new Error('should sign in');
  return session.token;
}

test('LOG-2: every sign-in is a new session, of which the database keeps a hash', async () => {
  const world = worldOn(db);
  await somebody(world);
  const tokens = [await signedIn(world), await signedIn(world)];
  expect(new Set(tokens).size).toBe(2);
  const rows = JSON.stringify(await db.session.findMany());
  for (const token of tokens) expect(rows).not.toContain(token);
});

test('LOG-3: people stay for 30 days; admins for 8 hours, and half an hour idle', async () => {
  const world = worldOn(db);
  const { id } = await somebody(world);
  const token = await signedIn(world);
  world.clock.advance(minutes(30 * 24 * 60) - 1);
  expect(await confirmSession(world, token)).toMatchObject({ email: 'ana@latchkey.test' });
  world.clock.advance(1);
  expect(await confirmSession(world, token)).toBeNull();
  await db.user.update({ where: { id }, data: { role: 'admin' } });
  const idle = await signedIn(world);
  world.clock.advance(minutes(30));
  expect(await confirmSession(world, idle)).toBeNull();
  const busy = await signedIn(world);
  for (let passed = 0; passed < 8 * 60 - 20; passed += 20) {
    world.clock.advance(minutes(20));
    expect(await confirmSession(world, busy)).not.toBeNull();
  }
  world.clock.advance(minutes(20));
  expect(await confirmSession(world, busy)).toBeNull();
});

test('LOG-4: signing out ends the session on the server', async () => {
  const world = worldOn(db);
  await somebody(world);
  const token = await signedIn(world);
  await endSession(world, token);
  expect(await confirmSession(world, token)).toBeNull();
  await endSession(world, token);
});

test('ADM-2: a disabled account has no session from the next request on, and gets none', async () => {
  const world = worldOn(db);
  const { id } = await somebody(world);
  const token = await signedIn(world);
  await db.user.update({ where: { id }, data: { disabledAt: new Date() } });
  expect(await confirmSession(world, token)).toBeNull();
  expect(await signIn(world, 'ana@latchkey.test', anasPassword)).toEqual({ status: 'refused' });
});

test('ADM-2: somebody who was demoted after the password was checked gets no admin session', async () => {
  const world = worldOn(db);
  const { id } = await somebody(world);
  const who = await whoFits(world, 'ana@latchkey.test', anasPassword);
  if (!who) throw new Error('should be proved');
  expect(await createSession(world, { ...who, role: 'admin' }, 'second step passed')).toBeNull();
  await db.user.update({ where: { id }, data: { role: 'admin' } });
  expect(await createSession(world, { ...who, role: 'admin' }, 'second step passed')).not.toBeNull();
});

test('POST-1: a proof of the old password makes no known device after a reset', async () => {
  const world = worldOn(db);
  const { id } = await somebody(world);
  const known = await rememberDevice(world, { userId: id, passwordVersion: 0 }, []);
  expect(known).toHaveLength(1);
  await db.device.deleteMany();
  await db.user.update({ where: { id }, data: { passwordVersion: { increment: 1 } } });
  // Its cookie stays as it was, and stands for no row.
  expect(await rememberDevice(world, { userId: id, passwordVersion: 0 }, known)).toEqual(known);
  expect(await db.device.count()).toBe(0);
});

test('FLO-5: a proof of the old password makes no session after a reset', async () => {
  const world = worldOn(db);
  const { id } = await somebody(world);
  const who = await whoFits(world, 'ana@latchkey.test', anasPassword);
  if (!who) throw new Error('should be proved');
  await db.user.update({ where: { id }, data: { passwordVersion: { increment: 1 } } });
  expect(await createSession(world, who, { counted: nothingCounted })).toBeNull();
});

test('PW-5: an older hash is made anew at sign-in', async () => {
  const world = worldOn(db);
  const { id } = await somebody(world);
  const older = await hash(anasPassword, { memoryCost: 4_096, timeCost: 1, parallelism: 1 });
  await db.user.update({ where: { id }, data: { passwordHash: older } });
  await signedIn(world);
  const { passwordHash } = await db.user.findUniqueOrThrow({ where: { id } });
  expect(passwordHash?.split('$')[3]).toBe((await hashPassword('x')).split('$')[3]);
});

test.each([
  ['unknown', 'nobody@latchkey.test', anasPassword],
  ['wrong', 'ana@latchkey.test', 'not the password'],
  ['no address', 'ana', anasPassword],
  ['not even text', ['ana@latchkey.test'], { password: 1 }],
  ['huge', 'ana@latchkey.test', 'x'.repeat(100_000)],
])('%s: refused alike', async (_, email, password) => {
  const world = worldOn(db);
  await somebody(world);
  expect(await signIn(world, email, password)).toEqual({ status: 'refused' });
});

test('a browser is known to each account that signed in on it, once', async () => {
  const world = worldOn(db);
  const ana = await somebody(world);
  const bo = await somebody(world, { email: 'bo@latchkey.test', phone: null });
  const first = await rememberDevice(world, { userId: ana.id, passwordVersion: 0 }, []);
  const second = await rememberDevice(world, { userId: bo.id, passwordVersion: 0 }, first);
  expect(await rememberDevice(world, { userId: ana.id, passwordVersion: 0 }, second)).toHaveLength(2);
  expect(await db.device.count()).toBe(2);
});
