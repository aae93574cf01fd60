import { minutes } from '@/lib/clock';
import { createDispatcher } from '@/lib/dispatch/dispatcher';
import { requestCode } from '@/lib/reset/request-code';
import { resendCode } from '@/lib/reset/resend-code';
import { setPassword } from '@/lib/reset/set-password';
import { start } from '@/lib/reset/start';
import { verifyCode } from '@/lib/reset/verify-code';
import { rememberDevice } from '@/lib/session/devices';
import { createSession } from '@/lib/session/sessions';
import { emptyDatabase, testDatabase } from '@/tests/support/database';
import { asksForCode, notThe } from '@/tests/support/person';
import {
  anasPassword,
  deliver,
  latestCode,
  messages,
  nothingCounted,
  somebody,
  whoFits,
  worldOn,
} from '@/tests/support/world';

const db = testDatabase();

const times = <T>(count: number, act: (index: number) => Promise<T>): Promise<T[]> =>
  Promise.all(Array.from({ length: count }, (_, index) => act(index)));
const ofStatus = <S extends string>(outcomes: readonly { status: string }[], status: S) =>
  outcomes.filter((outcome) => outcome.status === status);

test('VER-1: of 100 wrong guesses at once exactly 5 are evaluated, and the right code then fails', async () => {
  const world = worldOn(db);
  await somebody(world);
  const ana = await asksForCode(world, 'ana@latchkey.test');
  const code = await latestCode(world);
  const outcomes = await times(100, () => verifyCode(world, ana.flow, notThe(code)));
  expect(ofStatus(outcomes, 'wrong')).toHaveLength(5);
  expect(ofStatus(outcomes, 'exhausted')).toHaveLength(95);
  expect(await ana.types(code)).toEqual({ status: 'exhausted' });
});

test('GEN-4: 20 right codes at once open one grant, and it writes one password', async () => {
  const world = worldOn(db);
  await somebody(world);
  const ana = await asksForCode(world, 'ana@latchkey.test');
  const code = await latestCode(world);
  const outcomes = await times(20, () => verifyCode(world, ana.flow, code));
  const proved = outcomes.flatMap((outcome) => (outcome.status === 'proved' ? [outcome.flow] : []));
  expect(proved).toHaveLength(5);
  expect(new Set(proved.map((flow) => flow.grant)).size).toBe(1);
  const [flow] = proved;
  if (!flow) throw new Error('one should be proved');
  await times(20, (index) => {
    const password = `brass otter lantern ${index}`;
    return setPassword(world, flow, { password, confirmPassword: password });
  });
  const user = await db.user.findFirstOrThrow();
  expect(user.passwordVersion).toBe(1);
  expect(await db.delivery.count({ where: { kind: 'password_changed' } })).toBe(2);
});

test('50 clicks on "Send code" at once make one challenge and one message', async () => {
  const world = worldOn(db);
  await somebody(world);
  const begun = start('ana@latchkey.test', world.clock.now());
  if (begun.status !== 'started') throw new Error('should start');
  await times(50, () => requestCode(world, begun.flow, 'email'));
  await deliver(world);
  expect(await db.challenge.count()).toBe(1);
  expect(await messages(world)).toHaveLength(1);
});

test.each([minutes(1), minutes(8)])('30 clicks on "Resend code" at once, %i ms on, send one message', async (later) => {
  const world = worldOn(db);
  await somebody(world);
  const ana = await asksForCode(world, 'ana@latchkey.test');
  world.clock.advance(later);
  await times(30, () => resendCode(world, ana.flow, 'email'));
  await deliver(world);
  expect(await messages(world)).toHaveLength(2);
});

test('one delivery asked for by 40 dispatchers is sent once', async () => {
  const world = worldOn(db);
  await somebody(world);
  const begun = start('ana@latchkey.test', world.clock.now());
  if (begun.status !== 'started') throw new Error('should start');
  const requested = await requestCode(world, begun.flow, 'email');
  if (requested.status !== 'requested' || !requested.deliveryId) throw new Error('should be queued');
  const { deliveryId } = requested;
  const handled = await times(40, () => createDispatcher(world).sendNow([deliveryId]));
  expect(handled.reduce((sum, count) => sum + count)).toBe(1);
  expect(await messages(world)).toHaveLength(1);
});

test('FLO-5: a sign-in with the old password beside a reset leaves no session and no device behind', async () => {
  for (let round = 0; round < 10; round += 1) {
    await emptyDatabase(db);
    const world = worldOn(db);
    await somebody(world);
    const ana = await asksForCode(world, 'ana@latchkey.test');
    await ana.typesTheCode();
    const proofs = await times(8, () => whoFits(world, 'ana@latchkey.test', anasPassword));
    const reset = ana.chooses('brass otter lantern');
    const sessions = proofs.map(async (who, index) => {
      await new Promise((resolve) => setTimeout(resolve, index * 8));
      if (who && (await createSession(world, who, nothingCounted))) await rememberDevice(world, who, []);
    });
    await Promise.all([reset, ...sessions]);
    expect([await db.session.count(), await db.device.count()]).toEqual([0, 0]);
  }
});
