import { createDispatcher } from '@/lib/dispatch/dispatcher';
import { PURGE_BATCH, purge } from '@/lib/dispatch/purge';
import { sentInADay, watchQuotas } from '@/lib/dispatch/quota';
import { testDatabase } from '@/tests/support/database';
import { queueCode } from '@/tests/support/queue';
import { somebody, worldOn } from '@/tests/support/world';

const db = testDatabase();

const ago = (days: number) => new Date(Date.now() - days * 24 * 60 * 60_000);
const delivery = (status: 'sent' | 'queued', days: number) =>
  ({ kind: 'code', channel: 'email', status, queuedAt: ago(days), nextAttemptAt: new Date() }) as const;

describe('the purge', () => {
  test('takes what ended 30 days ago, its tries with it, and leaves what is younger or under way', async () => {
    const old = await db.delivery.create({ data: delivery('sent', 31) });
    await db.deliveryAttempt.create({ data: { deliveryId: old.id, number: 1, transport: 'smtp' } });
    const kept = [
      await db.delivery.create({ data: delivery('sent', 29) }),
      await db.delivery.create({ data: delivery('queued', 40) }),
    ];
    expect(await purge(db)).toBe(false);
    expect((await db.delivery.findMany()).map(({ id }) => id).sort()).toEqual(kept.map(({ id }) => id).sort());
    expect(await db.deliveryAttempt.count()).toBe(0);
  });

  test('goes in batches, and says when there is more', async () => {
    await db.delivery.createMany({ data: Array.from({ length: PURGE_BATCH + 1 }, () => delivery('sent', 31)) });
    expect(await purge(db)).toBe(true);
    expect(await db.delivery.count()).toBe(1);
    expect(await purge(db)).toBe(false);
    expect(await db.delivery.count()).toBe(0);
  });

  test('takes dead challenges and leaves the deliveries that tell of them', async () => {
    const world = worldOn(db);
    await somebody(world);
    await queueCode(world, 'ana@latchkey.test');
    await createDispatcher(world).drain(5_000);
    await db.challenge.updateMany({ data: { expiresAt: ago(3) } });
    await purge(db);
    expect(await db.challenge.count()).toBe(0);
    expect(await db.delivery.findMany()).toMatchObject([
      { challengeId: null, status: 'sent', recipientMasked: 'a…@latchkey.test' },
    ]);
  });
});

describe('DEL-2: a provider’s day', () => {
  const paced = (perDay: number) =>
    ({
      name: 'smtp',
      channel: 'email',
      pace: { parallel: 1, perSecond: 1, burst: 1, perDay },
      send: () => Promise.reject(new Error('not here')),
      close: async () => undefined,
    }) as const;

  test('is what was handed over in 24 hours; where it is spent the circuit opens', async () => {
    await db.transport.create({ data: { name: 'smtp' } });
    const { id: deliveryId } = await db.delivery.create({ data: delivery('sent', 0) });
    const tried = (number: number, accepted: boolean, days: number) =>
      db.deliveryAttempt.create({ data: { deliveryId, number, transport: 'smtp', accepted, startedAt: ago(days) } });
    await Promise.all([tried(1, true, 0), tried(2, true, 0.9), tried(3, true, 1.1), tried(4, false, 0)]);
    expect(await sentInADay(db, 'smtp')).toBe(2);
    await watchQuotas(db, [paced(3)]);
    expect(await db.transport.findFirst()).toMatchObject({ openUntil: null });
    await watchQuotas(db, [paced(2)]);
    expect(await db.transport.findFirst()).toMatchObject({ openUntil: expect.any(Date), lastError: 'quota' });
  });
});
