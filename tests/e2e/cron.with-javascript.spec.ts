import { type OwnApp, startApp } from './own-app';
import { fingerprint, person, query } from './own-people';
import { expect, test } from './test';

// Apps that send nothing by themselves: with DISPATCHER=after a cron job sends what waits.

const secret = 'canary-secret-of-cron';
const token = 'canary-token-of-metrics';
const env = { LATCHKEY_DEMO: '1', DISPATCHER: 'after' };

async function withApp(settings: Record<string, string>, act: (app: OwnApp) => Promise<void>): Promise<void> {
  const app = await startApp({ env: { ...env, ...settings } });
  try {
    await person(app, 'ana@latchkey.test', 'a first password');
    await query(
      app,
      `INSERT INTO "Delivery" (kind, channel, "userId", "queuedAt")
       SELECT 'password_changed', 'email', id, now() FROM "User", generate_series(1, 3)`,
    );
    await act(app);
  } finally {
    await app.stop();
  }
}

const calls = (app: OwnApp, authorization?: string) =>
  fetch(`${app.base}/api/cron/dispatch`, { headers: authorization ? { authorization } : {} });

test('DEL-9: a cron job that knows the secret sends what waits, and nobody else does', async () => {
  await withApp({ CRON_SECRET: secret, METRICS_TOKEN: token }, async (app) => {
    const before = await fingerprint(app);
    for (const authorization of [undefined, 'Bearer', `Bearer ${secret}x`, `Basic ${secret}`, secret]) {
      const refused = await calls(app, authorization);
      expect(refused.status, authorization).toBe(401);
      expect(await refused.text()).toBe('');
    }
    expect((await fetch(`${app.base}/api/cron/dispatch?secret=${secret}`)).status).toBe(401);
    expect((await fetch(`${app.base}/api/cron/dispatch`, { method: 'POST' })).status).toBe(405);
    expect(await fingerprint(app)).toBe(before);
    const taken = await calls(app, `Bearer ${secret}`);
    expect([taken.status, await taken.json(), taken.headers.get('cache-control')]).toEqual([
      200,
      { handled: 3 },
      'no-store',
    ]);
    expect(await query(app, 'SELECT id FROM "InboxMessage"')).toHaveLength(3);
    expect(await (await calls(app, `Bearer ${secret}`)).json()).toEqual({ handled: 0 });
    expect(app.log()).not.toContain(secret);
    // OBS-1: what Prometheus reads is behind a secret of its own.
    const metrics = (bearer?: string) =>
      fetch(`${app.base}/api/metrics`, { headers: bearer ? { authorization: `Bearer ${bearer}` } : {} });
    for (const bearer of [undefined, secret, `${token}x`]) expect((await metrics(bearer)).status).toBe(401);
    const read = await metrics(token);
    expect([read.status, read.headers.get('cache-control'), read.headers.get('content-type')]).toEqual([
      200,
      'no-store',
      'text/plain; version=0.0.4; charset=utf-8',
    ]);
    expect(await read.text()).toContain('latchkey_circuit_open{transport="inbox-email"} 0');
    expect(app.log()).not.toContain(token);
    // Nor is there anybody to send receipts to where there is no Twilio.
    expect((await fetch(`${app.base}/api/webhooks/twilio`, { method: 'POST' })).status).toBe(404);
  });
});

test('CFG-1: where no secret is set the cron route is shut, and the log says so once', async () => {
  await withApp({}, async (app) => {
    const before = await fingerprint(app);
    for (const authorization of [undefined, 'Bearer', 'Bearer undefined', `Bearer ${secret}`])
      expect((await calls(app, authorization)).status).toBe(401);
    expect(await fingerprint(app)).toBe(before);
    expect(app.log().match(/refuses everybody: CRON_SECRET is not set/g)).toHaveLength(1);
  });
});
