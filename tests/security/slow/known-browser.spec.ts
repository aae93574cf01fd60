import { type OwnApp, startApp } from '../../e2e/own-app';
import { person, query } from '../../e2e/own-people';
import { expect, test } from '../../e2e/test';
import { PlainBrowser } from '../../support/plain-browser';
import { providerEnv } from '../../support/provider-env';
import { startSmtpServer, type TestSmtpServer } from '../../support/smtp-server';

// RL-2: a browser that an account knows has limits of its own. They are loose, and they end.

const ALL = 3_000;
const AT_ONCE = 20;
/** Codes an hour: 200 by known browsers of its network, and for accounts that do not know it the 20 that need no work. */
const MOST = 200 + 20;
const email = 'known@example.com';
const password = 'a first password';
const tables = ['Challenge', 'Delivery', 'AuditEvent', 'Counter'];

let app: OwnApp;
let mail: TestSmtpServer;
let forget: () => void;
test.beforeAll(async () => {
  mail = await startSmtpServer();
  const provider = providerEnv(mail);
  forget = provider.forget;
  // What small hosts give.
  app = await startApp({ env: { ...provider.env, NODE_OPTIONS: '--max-old-space-size=192' } });
  await person(app, email, password);
});
test.afterAll(async () => {
  await app?.stop();
  await mail?.close();
  forget?.();
});

async function rowsNow(): Promise<Record<string, number>> {
  const counts = tables.map((table) => `(SELECT count(*) FROM "${table}")::int AS "${table}"`);
  const [row] = await query<Record<string, number>>(app, `SELECT ${counts}`);
  return row ?? {};
}

test('RL-2: a known browser that asks for three thousand codes is refused, and then makes no more rows', async () => {
  test.setTimeout(300_000);
  const browser = new PlainBrowser(app.base);
  const signIn = await browser.form('/sign-in', 'name="password"');
  const { location: inside } = await signIn.post([
    ['email', email],
    ['password', password],
  ]);
  expect(inside).toBe('/account');
  const form = await browser.form('/forgot-password', 'name="email"');
  const before = await rowsNow();
  const seen = new Map<string, number>();
  const began = Date.now();
  let begun = 0;
  const one = async (): Promise<void> => {
    while (begun < ALL) {
      begun += 1;
      // Its own account and others' in turn.
      const to = begun % 2 ? email : `victim-${begun % 20}@example.com`;
      const { status, location } = await form.post([['email', to]]);
      const word = location ?? String(status);
      seen.set(word, (seen.get(word) ?? 0) + 1);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, one));
  const after = await rowsNow();
  const more = Object.fromEntries(tables.map((table) => [table, (after[table] ?? 0) - (before[table] ?? 0)]));
  console.log(
    `    ${ALL} in ${Date.now() - began} ms: ${JSON.stringify([...seen])}; new rows: ${JSON.stringify(more)}`,
  );
  expect([...seen.keys()].sort()).toEqual(['/forgot-password/verify', '200']);
  expect(seen.get('/forgot-password/verify')).toBeLessThanOrEqual(MOST);
  expect(more.Challenge).toBeLessThanOrEqual(MOST);
  expect(more.AuditEvent).toBeLessThanOrEqual(MOST * 2);
});
