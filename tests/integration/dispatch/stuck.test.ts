import { outboxIsStuck } from '@/lib/dispatch/stuck';
import { testDatabase } from '@/tests/support/database';

const db = testDatabase();

type Waiting = { status: 'queued' | 'sending' | 'sent' | 'failed'; queued: number; leaseEnded?: number };

/** @param queued minutes ago @param leaseEnded minutes ago, negative where it still runs */
async function delivery({ status, queued, leaseEnded }: Waiting): Promise<void> {
  await db.$executeRaw`
    INSERT INTO "Delivery" (kind, channel, status, "queuedAt", "leaseUntil")
    VALUES ('code', 'email', ${status}::"DeliveryStatus", now() - make_interval(mins => ${queued}::int),
      now() - make_interval(mins => ${leaseEnded ?? null}::int))`;
}

describe('OBS-3: the outbox is stuck where a row', () => {
  it.each<[string, Waiting]>([
    ['has waited for long', { status: 'queued', queued: 6 }],
    ['was claimed by a sender that died long ago', { status: 'sending', queued: 8, leaseEnded: 6 }],
  ])('%s', async (_what, row) => {
    await delivery(row);
    expect(await outboxIsStuck(db)).toBe(true);
  });
});

describe('OBS-3: the outbox moves where a row', () => {
  it.each<[string, Waiting]>([
    ['has waited for a moment', { status: 'queued', queued: 4 }],
    ['was queued long ago and is being sent now', { status: 'sending', queued: 9, leaseEnded: -1 }],
    ['was claimed by a sender that died a moment ago', { status: 'sending', queued: 9, leaseEnded: 4 }],
    ['was sent', { status: 'sent', queued: 60 }],
    ['has failed', { status: 'failed', queued: 60 }],
  ])('%s', async (_what, row) => {
    await delivery(row);
    expect(await outboxIsStuck(db)).toBe(false);
  });
});
