import { sealEvents } from '@/lib/audit/seal';
import { createDispatcher } from '@/lib/dispatch/dispatcher';
import { signIn } from '@/lib/session/sign-in';
import { PURGE_BATCH, purge } from '@/lib/upkeep/purge';
import { createUpkeep } from '@/lib/upkeep/upkeep';
import { guesses } from '@/tests/support/attacker';
import { testDatabase } from '@/tests/support/database';
import { asksForCode } from '@/tests/support/person';
import { queueCode } from '@/tests/support/queue';
import { anasPassword, somebody, worldOn } from '@/tests/support/world';

const db = testDatabase();
const email = 'ana@latchkey.test';

const ago = (days: number) => new Date(Date.now() - days * 24 * 60 * 60_000);
const delivery = (status: 'sent' | 'queued', days: number) =>
  ({ kind: 'code', channel: 'email', status, queuedAt: ago(days), nextAttemptAt: new Date() }) as const;

describe('AUD-3: what was stored goes on schedule', () => {
  test('a whole story, half a year later: nothing is left but the account', async () => {
    const world = worldOn(db);
    await somebody(world);
    await guesses(await asksForCode(world, 'nobody@latchkey.test'), 2);
    const ana = await asksForCode(world, email);
    await ana.typesTheCode();
    await ana.chooses('brass otter lantern');
    await signIn(world, email, 'not this one');
    await signIn(world, email, 'brass otter lantern');
    const counts = () =>
      Promise.all([
        db.challenge.count(),
        db.delivery.count(),
        db.delivery.count({ where: { OR: [{ recipientHash: { not: null } }, { recipientMasked: { not: null } }] } }),
        db.actionToken.count(),
        db.session.count(),
        db.auditEvent.count(),
        db.counter.count({ where: { NOT: { key: 'guesses-mark' } } }),
      ]);
    for (const count of await counts()) expect(count).toBeGreaterThan(0);
    await sealEvents(world, 'now');
    // All times half a year and a day earlier.
    const columns = await db.$queryRaw<{ table: string; column: string }[]>`
      SELECT quote_ident(table_name) AS table, quote_ident(column_name) AS column FROM information_schema.columns
      WHERE table_schema = current_schema() AND data_type LIKE 'timestamp%' AND table_name NOT LIKE '_prisma%'`;
    for (const { table, column } of columns)
      await db.$executeRawUnsafe(`UPDATE ${table} SET ${column} = ${column} - interval '181 days'`);
    // As the sweep of a running server does, once a minute. Challenges wait for their links to go first.
    for (let minute = 0; minute < 2; minute += 1) await createUpkeep(world)();
    expect(await counts()).toEqual(Array(7).fill(0));
    expect(await db.user.count()).toBe(1);
  });

  test('each kind to its own day, and what is younger or under way stays', async () => {
    const { id: userId } = await somebody(worldOn(db));
    const event = (days: number) => ({ at: ago(days), type: 'code_requested' });
    // Events go by whole batches, by the day of their seal.
    for (const days of [181, 179]) {
      await db.auditEvent.create({ data: event(days) });
      await sealEvents(worldOn(db), 'now');
      await db.auditBatch.updateMany({ where: { sealedAt: { gt: ago(1) } }, data: { sealedAt: ago(days) } });
    }
    const session = (days: number) => ({
      userId,
      tokenHash: `hash ${days}`,
      createdAt: ago(40),
      lastSeenAt: ago(9),
      expiresAt: ago(days),
    });
    await db.session.createMany({ data: [session(0.1), session(-0.1)] });
    const counter = (days: number) => ({ key: `send-pair:${days}`, expiresAt: ago(days) });
    await db.counter.createMany({ data: [counter(0.1), counter(-0.1)] });
    const link = (days: number) =>
      ({ tokenHash: `hash ${days}`, kind: 'close_challenge', expiresAt: ago(days) }) as const;
    await db.actionToken.createMany({ data: [link(0.1), link(-0.1)] });
    // A batch is marked first and goes in the round after it.
    expect(await purge(db, new Date())).toBe(true);
    expect(await purge(db, new Date())).toBe(false);
    const left = [db.auditEvent.count(), db.session.count(), db.counter.count(), db.actionToken.count()];
    expect(await Promise.all(left)).toEqual([1, 1, 1, 1]);
  });

  test('deliveries that ended 30 days ago, their tries with them', async () => {
    const old = await db.delivery.create({ data: delivery('sent', 31) });
    await db.deliveryAttempt.create({ data: { deliveryId: old.id, number: 1, transport: 'smtp' } });
    const kept = [
      await db.delivery.create({ data: delivery('sent', 29) }),
      await db.delivery.create({ data: delivery('queued', 40) }),
    ];
    expect(await purge(db, new Date())).toBe(false);
    expect((await db.delivery.findMany()).map(({ id }) => id).sort()).toEqual(kept.map(({ id }) => id).sort());
    expect(await db.deliveryAttempt.count()).toBe(0);
  });

  test('goes in batches, and says when there is more', async () => {
    await db.delivery.createMany({ data: Array.from({ length: PURGE_BATCH + 1 }, () => delivery('sent', 31)) });
    expect(await purge(db, new Date())).toBe(true);
    expect(await db.delivery.count()).toBe(1);
    expect(await purge(db, new Date())).toBe(false);
    expect(await db.delivery.count()).toBe(0);
  });

  test('takes dead challenges and leaves the deliveries that tell of them', async () => {
    const world = worldOn(db);
    await somebody(world);
    await queueCode(world, email);
    await createDispatcher(world).drain(5_000);
    await db.challenge.updateMany({ data: { expiresAt: ago(3) } });
    await purge(db, new Date());
    expect(await db.challenge.count()).toBe(0);
    expect(await db.delivery.findMany()).toMatchObject([
      { challengeId: null, status: 'sent', recipientMasked: 'a…@latchkey.test' },
    ]);
  });
});

test('AUD-3: no address and no number stands anywhere but on its account, in clear', async () => {
  const world = worldOn(db);
  await somebody(world);
  await guesses(await asksForCode(world, 'nobody@latchkey.test', 'sms'), 1);
  for (const channel of ['email', 'sms'] as const) await asksForCode(world, email, channel);
  await signIn(world, email, anasPassword);
  await signIn(world, 'nobody@latchkey.test', anasPassword);
  const tables = await db.$queryRaw<{ name: string }[]>`
    SELECT tablename AS name FROM pg_tables WHERE schemaname = current_schema()`;
  for (const { name } of tables.filter((table) => !['User', 'InboxMessage'].includes(table.name))) {
    const rows = await db.$queryRawUnsafe<{ row: string }[]>(`SELECT t::text AS row FROM "${name}" t`);
    const clear = /ana@|nobody@|2025550123/.exec(JSON.stringify(rows))?.[0];
    expect([name, clear]).toEqual([name, undefined]);
  }
});
