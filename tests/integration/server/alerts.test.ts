import { watchAlerts } from '@/lib/alerts/watch';
import { minutes } from '@/lib/clock';
import { anAdmin } from '@/tests/support/authenticator';
import { testDatabase } from '@/tests/support/database';
import { startWebhookReceiver } from '@/tests/support/webhook-receiver';
import { worldOn } from '@/tests/support/world';

const db = testDatabase();

test('of eight processes that see the same thing one tells its beginning, and one its end (OBS-2)', async () => {
  const receiver = await startWebhookReceiver();
  const world = worldOn(db);
  world.webhook = { url: receiver.url, appName: 'Latchkey', origin: world.origin };
  await anAdmin(world);
  for (const name of ['smtp', 'smtp-fallback', 'twilio'])
    await db.transport.create({ data: { name, failures: 3, openings: 3, lastError: 'ETIMEDOUT' } });
  const watch = () => watchAlerts(world, { quotas: [], smsCost: world.smsCost });
  const allAtOnce = () => Promise.all(Array.from({ length: 8 }, watch));
  await allAtOnce();
  expect(await db.incident.count()).toBe(3);
  expect(await db.delivery.count({ where: { kind: 'alert_began' } })).toBe(3);
  await db.transport.deleteMany();
  world.clock.advance(minutes(11));
  await allAtOnce();
  await watch();
  expect(await db.incident.count({ where: { endedAt: { not: null } } })).toBe(3);
  expect(await db.delivery.count({ where: { kind: 'alert_ended' } })).toBe(3);
  expect(receiver.posts).toHaveLength(6);
});
