import { freePort } from '../support/free-port';
import { PlainBrowser } from '../support/plain-browser';
import { providerEnv } from '../support/provider-env';
import { startSmtpServer } from '../support/smtp-server';
import { launch, ownDatabase, secret } from '../support/standalone';
import { person, query } from './own-people';
import { expect, test } from './test';

test('DEL-9: at SIGTERM a mail that is under way is finished, and no other is begun', async () => {
  const mail = await startSmtpServer({ answersAfter: 3_000 });
  const database = await ownDatabase();
  const { env, forget } = providerEnv(mail);
  const server = launch(await freePort(), {
    DATABASE_URL: database.url,
    LATCHKEY_KEYS: `e2e:${secret()}`,
    LATCHKEY_PEPPER: secret(),
    ...env,
  });
  const app = {
    base: server.base,
    databaseUrl: database.url,
    log: server.log,
    memory: server.memory,
    stop: server.end,
  };
  try {
    await server.ready();
    await person(app, 'cy@example.com', 'a first password');
    // With mail alone there is nothing to choose: the first step sends.
    await (await new PlainBrowser(server.base).form('/forgot-password', 'name="email"')).post([
      ['email', 'cy@example.com'],
    ]);
    await expect.poll(() => mail.mails.length, { intervals: [20] }).toBe(1);
    const asked = Date.now();
    const ended = server.end();
    await query(
      app,
      `INSERT INTO "Delivery" (kind, channel, "userId", "queuedAt")
      SELECT 'password_changed', 'email', id, now() FROM "User"`,
    );
    await ended;
    // It waited for the server's answer, not for the whole of its 20 seconds.
    expect(Date.now() - asked).toBeGreaterThan(2_000);
    expect(Date.now() - asked).toBeLessThan(10_000);
    const rows = await query(app, 'SELECT kind::text, status::text FROM "Delivery" ORDER BY "queuedAt"');
    expect(rows).toEqual([
      { kind: 'code', status: 'sent' },
      { kind: 'password_changed', status: 'queued' },
    ]);
    expect(mail.mails).toHaveLength(1);
  } finally {
    await server.kill();
    await database.drop();
    await mail.close();
    forget();
  }
});
