import { minutes } from '@/lib/clock';
import { createDispatcher } from '@/lib/dispatch/dispatcher';
import { requestCode } from '@/lib/reset/request-code';
import { resendCode } from '@/lib/reset/resend-code';
import { start } from '@/lib/reset/start';
import { rememberDevice } from '@/lib/session/devices';
import { createSession } from '@/lib/session/sessions';
import { emptyDatabase, testDatabase } from '@/tests/support/database';
import { asksForCode } from '@/tests/support/person';
import { anasPassword, deliver, messages, nothingCounted, somebody, whoFits, worldOn } from '@/tests/support/world';

const db = testDatabase();

const times = <T>(count: number, act: (index: number) => Promise<T>): Promise<T[]> =>
  Promise.all(Array.from({ length: count }, (_, index) => act(index)));

// So many clicks at once as the limit bears (RL-2), and many more: then the one that sends may be past it, and sends
// nothing. Never is there a second message.
const clicks = [
  { count: 5, messagesOf: (sent: number) => expect(sent).toBe(1) },
  { count: 50, messagesOf: (sent: number) => expect(sent).toBeLessThanOrEqual(1) },
];

test.each(clicks)(
  '$count clicks on "Send code" at once make one challenge and one message',
  async ({ count, messagesOf }) => {
    const world = worldOn(db);
    await somebody(world);
    const begun = start('ana@latchkey.test', world.clock.now());
    if (begun.status !== 'started') throw new Error('should start');
    await times(count, () => requestCode(world, begun.flow, 'email'));
    await deliver(world);
    expect(await db.challenge.count()).toBe(1);
    messagesOf((await messages(world)).length);
  },
);

test.each(clicks.flatMap((each) => [minutes(1), minutes(8)].map((later) => ({ ...each, later }))))(
  '$count clicks on "Resend code" at once, $later ms on, send one message',
  async ({ count, later, messagesOf }) => {
    const world = worldOn(db);
    await somebody(world);
    const ana = await asksForCode(world, 'ana@latchkey.test');
    world.clock.advance(later);
    await times(count - 1, () => resendCode(world, ana.flow, 'email'));
    await deliver(world);
    messagesOf((await messages(world)).length - 1);
  },
);

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
      if (who && (await createSession(world, who, { counted: nothingCounted }))) await rememberDevice(world, who, []);
    });
    await Promise.all([reset, ...sessions]);
    expect([await db.session.count(), await db.device.count()]).toEqual([0, 0]);
  }
});
