import { sentInADay, watchQuotas } from '@/lib/dispatch/quota';
import { testDatabase } from '@/tests/support/database';

const db = testDatabase();

const ago = (days: number) => new Date(Date.now() - days * 24 * 60 * 60_000);
const delivery = (status: 'sent' | 'queued', days: number) =>
  ({ kind: 'code', channel: 'email', status, queuedAt: ago(days), nextAttemptAt: new Date() }) as const;

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
    expect(await sentInADay(db, 'smtp', new Date())).toBe(2);
    await watchQuotas(db, [paced(3)], new Date());
    expect(await db.transport.findFirst()).toMatchObject({ openUntil: null });
    await watchQuotas(db, [paced(2)], new Date());
    expect(await db.transport.findFirst()).toMatchObject({ openUntil: expect.any(Date), lastError: 'quota' });
  });
});
