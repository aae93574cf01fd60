import { outboxIsStuck } from '@/lib/dispatch/stuck';
import { testDatabase } from '@/tests/support/database';

const db = testDatabase();

type Waiting = { status: 'queued' | 'sending' | 'sent' | 'failed'; queued: number; due?: number };

/** @param queued minutes ago @param due minutes ago, negative where it is not yet: a lease or a wait still runs */
async function delivery({ status, queued, due = queued }: Waiting): Promise<void> {
  await db.$executeRaw`
    INSERT INTO "Delivery" (kind, channel, status, "queuedAt", "nextAttemptAt")
    VALUES ('code', 'email', ${status}::"DeliveryStatus", now() - make_interval(mins => ${queued}::int),
      now() - make_interval(mins => ${due}::int))`;
}

describe('OBS-3: the outbox is stuck where a row', () => {
  it.each<[string, Waiting]>([
    ['has waited for long', { status: 'queued', queued: 6 }],
    ['was claimed by a sender that died long ago', { status: 'sending', queued: 8, due: 6 }],
  ])('%s', async (_what, row) => {
    await delivery(row);
    expect(await outboxIsStuck(db)).toBe(true);
  });
});

describe('OBS-3: the outbox moves where a row', () => {
  it.each<[string, Waiting]>([
    ['has waited for a moment', { status: 'queued', queued: 4 }],
    ['was queued long ago and is being sent now', { status: 'sending', queued: 9, due: -1 }],
    ['was claimed by a sender that died a moment ago', { status: 'sending', queued: 9, due: 4 }],
    ['waits for its next try', { status: 'queued', queued: 9, due: -1 }],
    ['was sent', { status: 'sent', queued: 60 }],
    ['has failed', { status: 'failed', queued: 60 }],
  ])('%s', async (_what, row) => {
    await delivery(row);
    expect(await outboxIsStuck(db)).toBe(false);
  });
});
