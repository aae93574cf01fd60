import { randomBytes } from 'node:crypto';
import { shownSettings } from '@/lib/admin/settings/settings';
import { tryTransport } from '@/lib/admin/settings/try-transport';
import { testAlert } from '@/lib/alerts/test-alert';
import { minutes, plus } from '@/lib/clock';
import { parseEnv } from '@/lib/env/env';
import { anAdmin } from '@/tests/support/authenticator';
import { databaseNow, testDatabase } from '@/tests/support/database';
import { startWebhookReceiver } from '@/tests/support/webhook-receiver';
import { worldOn } from '@/tests/support/world';

const db = testDatabase();
const drawn = () => randomBytes(32).toString('base64');

test('CFG-2: no secret is shown, not even in part; that it is there is', () => {
  const secrets = {
    LATCHKEY_KEYS: `k2:${drawn()},k1:${drawn()}`,
    LATCHKEY_PEPPER: drawn(),
    DATABASE_URL: `postgresql://somebody:${drawn()}@db.example/latchkey`,
    CRON_SECRET: 'canary-of-cron-secret',
    METRICS_TOKEN: 'canary-of-metrics-token',
    ALERT_WEBHOOK_URL: 'https://hooks.example/canary-of-webhook',
    EMAIL_HOST_USER: 'sender@example.com',
    EMAIL_HOST_PASSWORD: 'canary-of-mail',
    TWILIO_ACCOUNT_SID: `AC${randomBytes(16).toString('hex')}`,
    TWILIO_AUTH_TOKEN: 'canary-of-twilio',
    TWILIO_PHONE_NUMBER: '+15551234567',
  };
  const parsed = parseEnv({
    ...secrets,
    APP_URL: 'https://reset.example',
    NODE_ENV: 'production',
    TRUSTED_PROXIES: '1',
  });
  if (!parsed.ok) throw new Error(parsed.problems.join());
  const shown = shownSettings(parsed.env).flatMap(({ settings }) => settings);
  const all = JSON.stringify(shown);
  for (const [name, value] of Object.entries(secrets))
    if (!/_USER$|_NUMBER$/.test(name))
      for (const part of value.split(/[,:@/]+/)) if (part.length > 5) expect(all).not.toContain(part);
  expect(shown).toContainEqual({ name: 'METRICS_TOKEN', value: 'set, not shown' });
  expect(shown).toContainEqual({ name: 'LATCHKEY_KEYS', value: 'k2 issues; k1 still verify' });
});

describe('an admin who has mended a provider', () => {
  test('has the next message try it, and is the only one of two who did; what they did is written down', async () => {
    const world = worldOn(db);
    const { id: adminId } = await anAdmin(world);
    const until = plus(await databaseNow(db), minutes(5));
    await db.transport.create({ data: { name: 'smtp', failures: 3, openings: 4, openUntil: until, lastError: '535' } });
    const acting = { ...world, adminId };
    expect(await tryTransport(acting, 'twilio')).toBe(false);
    expect(await tryTransport(acting, 'smtp')).toBe(true);
    expect(await tryTransport(acting, 'smtp')).toBe(false);
    expect(+((await db.transport.findFirstOrThrow()).openUntil ?? 0)).toBeLessThanOrEqual(+(await databaseNow(db)));
    expect(await db.auditEvent.findMany({ where: { type: 'transport_tried' } })).toMatchObject([
      { actorId: adminId, detail: { transport: 'smtp', before: expect.any(String), after: expect.any(String) } },
    ]);
  });

  test('posts a test alert and hears how it was answered; without a webhook nothing happens', async () => {
    const receiver = await startWebhookReceiver();
    const world = worldOn(db);
    const { id: adminId } = await anAdmin(world);
    const deps = { ...world, adminId };
    expect(await testAlert(deps)).toBeNull();
    const webhook = { url: receiver.url, appName: 'Latchkey', origin: world.origin };
    expect(await testAlert({ ...deps, webhook })).toEqual({ ok: true, answer: 'HTTP 200' });
    expect(receiver.posts[0]?.body).toMatchObject({ id: 'test', state: 'test' });
    receiver.answers(404);
    expect(await testAlert({ ...deps, webhook })).toEqual({ ok: false, answer: 'HTTP 404' });
    const closed = { ...webhook, url: new URL('http://127.0.0.1:9/') };
    expect(await testAlert({ ...deps, webhook: closed })).toEqual({ ok: false, answer: 'out of reach' });
    const written = JSON.stringify(await db.auditEvent.findMany({ where: { type: 'alert_tested' } }));
    expect(written).not.toContain('a-secret-word');
  });
});
