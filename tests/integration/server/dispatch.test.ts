import { createDispatcher } from '@/lib/dispatch/dispatcher';
import { expiryFrom } from '@/lib/otp/challenge';
import { newChallengeId, newNonce } from '@/lib/otp/derive';
import { testDatabase } from '@/tests/support/database';
import { queueCode } from '@/tests/support/queue';
import { somebody, type World, worldOn } from '@/tests/support/world';

const db = testDatabase();

/** Many people's codes, queued at once. */
async function queueMany(world: World, userId: string, count: number): Promise<void> {
  const now = world.clock.now();
  const ids = Array.from({ length: count }, newChallengeId);
  const common = { purpose: 'password_reset', userId, keyId: 'a', digits: 6, maxAttempts: 5, createdAt: now } as const;
  await db.challenge.createMany({
    data: ids.map((id) => ({ ...common, id, identifierHash: id, nonce: newNonce(), expiresAt: expiryFrom(now) })),
  });
  await db.delivery.createMany({
    data: ids.map((challengeId) => ({ kind: 'code', channel: 'email', challengeId, userId, queuedAt: now })),
  });
}

/** A transport that counts who was written to; inside the process, because what is tested is who may send. */
function countedInbox(world: World): Map<string, number> {
  const sent = new Map<string, number>();
  world.transports = {
    email: [
      {
        name: 'inbox-email',
        channel: 'email',
        pace: { parallel: 10, perSecond: 1_000_000, burst: 1_000_000 },
        async send(_message, id = '') {
          sent.set(id, (sent.get(id) ?? 0) + 1);
          await new Promise((resolve) => setTimeout(resolve, Math.random() * 5));
          return { status: 'sent', provider: 'inbox', messageId: id, answer: 'ok' };
        },
        close: async () => undefined,
      },
    ],
  };
  return sent;
}

test('DEL-10: four workers and 1,000 messages: each is sent once, and every result is written', async () => {
  const world = worldOn(db);
  const { id } = await somebody(world);
  await queueMany(world, id, 1_000);
  const sent = countedInbox(world);
  const workers = Array.from({ length: 4 }, () => createDispatcher(world));
  const handled = await Promise.all(workers.map((worker) => worker.drain(60_000)));
  expect(handled.reduce((sum, count) => sum + count)).toBe(1_000);
  expect(handled.filter((count) => count > 50)).toHaveLength(4);
  expect(sent.size).toBe(1_000);
  expect([...sent.values()].filter((count) => count > 1)).toEqual([]);
  expect(await db.delivery.count({ where: { status: 'sent', claims: 1, attempts: 1 } })).toBe(1_000);
  expect(await db.deliveryAttempt.count({ where: { accepted: true } })).toBe(1_000);
});

test('a dispatcher that runs sends what is queued while it rests, and ends with what it has in hand', async () => {
  const world = worldOn(db);
  await somebody(world);
  const sent = countedInbox(world);
  const dispatcher = createDispatcher(world);
  dispatcher.start();
  for (let count = 0; count < 20; count += 1) {
    await queueCode(world, 'ana@latchkey.test');
    dispatcher.nudge();
  }
  while (sent.size < 20) await new Promise((resolve) => setTimeout(resolve, 5));
  await dispatcher.stop();
  expect(await db.delivery.count({ where: { status: 'sent' } })).toBe(20);
  await queueCode(world, 'ana@latchkey.test');
  dispatcher.nudge();
  await new Promise((resolve) => setTimeout(resolve, 100));
  expect(sent.size).toBe(20);
});

test('any number of `after()` at once in one process keep to the room of the transport', async () => {
  const world = worldOn(db);
  const { id } = await somebody(world);
  await queueMany(world, id, 120);
  const ids = (await db.delivery.findMany({ select: { id: true } })).map((row) => row.id);
  const sent = countedInbox(world);
  let [now, most] = [0, 0];
  const [inbox] = world.transports.email ?? [];
  if (!inbox) throw new Error('should have an inbox');
  const counted: typeof inbox = {
    ...inbox,
    async send(message, deliveryId) {
      now += 1;
      most = Math.max(most, now);
      await new Promise((resolve) => setTimeout(resolve, 200));
      return inbox.send(message, deliveryId).finally(() => {
        now -= 1;
      });
    },
  };
  world.transports = { email: [counted] };
  const dispatcher = createDispatcher(world);
  await Promise.all(ids.map((one) => dispatcher.sendNow([one])));
  expect(most).toBeLessThanOrEqual(inbox.pace.parallel);
  await dispatcher.drain(10_000);
  expect(sent.size).toBe(120);
});
