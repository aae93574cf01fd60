import { minutes } from '@/lib/clock';
import { confirmSession } from '@/lib/session/sessions';
import { signIn } from '@/lib/session/sign-in';
import { testDatabase } from '@/tests/support/database';
import { allRows } from '@/tests/support/notices';
import { asksForCode } from '@/tests/support/person';
import { anasPassword, somebody, worldOn } from '@/tests/support/world';

const db = testDatabase();
const email = 'ana@latchkey.test';

test('FLO-3: a rejected password costs nothing: not the grant, not a session, not a row', async () => {
  const world = worldOn(db);
  await somebody(world);
  const home = await signIn(world, email, anasPassword);
  if (home.status !== 'signed-in') throw new Error('should sign in');
  const ana = await asksForCode(world, email);
  await ana.typesTheCode();
  const before = await allRows(world);
  for (const [password, confirm, refusal] of [
    ['short', 'short', { field: 'password', problem: 'too-short' }],
    ['password1', 'password1', { field: 'password', problem: 'common' }],
    ['x'.repeat(129), 'x'.repeat(129), { field: 'password', problem: 'too-long' }],
    [email, email, { field: 'password', problem: 'own-identifier' }],
    ['', '', { field: 'password', problem: 'empty' }],
    [['brass', 'otter'], ['brass', 'otter'], { field: 'password', problem: 'empty' }],
    ['brass otter lantern', 'something else', { field: 'confirmPassword', problem: 'differs' }],
    ['brass otter lantern', undefined, { field: 'confirmPassword', problem: 'differs' }],
  ] as const)
    expect(await ana.chooses(password, confirm === undefined ? null : confirm)).toEqual({
      status: 'refused',
      ...refusal,
    });
  expect(await allRows(world)).toEqual(before);
  expect(await confirmSession(world, home.token)).not.toBeNull();
  // And not a second of its time.
  world.clock.advance(minutes(10) - 1);
  expect(await ana.chooses('brass otter lantern')).toMatchObject({ status: 'changed' });
});
