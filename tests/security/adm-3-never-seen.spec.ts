import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { signsInPlainly } from '../e2e/admins';
import { type OwnApp, startApp } from '../e2e/own-app';
import { person, query } from '../e2e/own-people';
import { reaches } from '../e2e/plain-story';
import { expect, test } from '../e2e/test';
import { PlainBrowser } from '../support/plain-browser';
import { standsAlone } from '../support/stands-alone';

// ADM-3: an admin helps people and sees none of their secrets; and a form sets what it is for, and nothing else.

const ana = { email: 'ana@latchkey.test', password: 'a first password' };
let app: OwnApp;
let id: string;
const admins = () => new PlainBrowser(app.base);

test.beforeAll(async () => {
  app = await startApp({ env: { LATCHKEY_DEMO: '1' } });
  await person(app, ana.email, ana.password, '+12025550187');
  const [row] = await query<{ id: string }>(app, `SELECT id FROM "User" WHERE email = '${ana.email}'`);
  id = row?.id ?? '';
});
test.afterAll(() => app?.stop());

/** Everything that opens something: codes and links as they were sent, hashes, nonces, sealed secrets, sessions. */
async function secrets(): Promise<string[]> {
  const rows = await query<{ secret: string }>(
    app,
    `SELECT "passwordHash" AS secret FROM "User" WHERE "passwordHash" IS NOT NULL
     UNION SELECT "tokenHash" FROM "Session" UNION SELECT "tokenHash" FROM "ActionToken"
     UNION SELECT nonce FROM "Challenge" UNION SELECT "identifierHash" FROM "Challenge" UNION SELECT "guessKey" FROM "Challenge"`,
  );
  const mails = await query<{ text: string }>(app, `SELECT text FROM "InboxMessage"`);
  const sent = mails.flatMap(({ text }) => [
    ...(text.match(/\b\d{6,20}\b/g) ?? []),
    ...(text.match(/token=[\w-]+/g) ?? []),
  ]);
  return [...rows.map(({ secret }) => secret), ...sent, ana.password].filter((secret) => secret.length > 5);
}

test('ADM-3: no page and no export of the admin area shows a code, a token, a password or their hashes', async () => {
  await reaches(app, new PlainBrowser(app.base), ana.email, 'verify');
  const anas = new PlainBrowser(app.base);
  await (await anas.form('/sign-in', 'name="password"')).post([
    ['email', ana.email],
    ['password', ana.password],
  ]);
  const browser = admins();
  await signsInPlainly(browser, app, { past: 'second step' });
  const [delivery] = await query<{ id: string }>(app, `SELECT id FROM "Delivery" WHERE "userId" = '${id}' LIMIT 1`);
  const known: Record<string, string> = { users: id, deliveries: delivery?.id ?? '', messages: 'code' };
  const paths = readdirSync(join('app', 'admin'), { recursive: true, encoding: 'utf8' })
    .filter((file) => /(^|\/)(page\.tsx|route\.tsx?)$/.test(file))
    .map((file) => join('/admin', file.replace(/\/?(page\.tsx|route\.tsx?)$/, '')))
    .map((path) => path.replace(/\/([a-z]+)\/\[\w+\]/, (_, of: string) => `/${of}/${known[of]}`));
  const hidden = await secrets();
  expect(hidden.length).toBeGreaterThan(10);
  for (const path of paths) {
    const { status, body } = await browser.get(path);
    expect(status, path).toBe(200);
    const shown = hidden.filter((one) => (/^\d+$/.test(one) ? standsAlone(one).test(body) : body.includes(one)));
    expect(shown.length, path).toBe(0);
  }
});

test('ADM-3: whatever else a form brings, an act sets what it is for and nothing else', async () => {
  const browser = admins();
  await signsInPlainly(browser, app, { past: 'second step' });
  const path = `/admin/users/${id}`;
  const row = async () => {
    const [user] = await query<{ row: Record<string, unknown> }>(
      app,
      `SELECT to_jsonb(u) AS row FROM "User" u WHERE id = '${id}'`,
    );
    return user?.row ?? {};
  };
  const extra = [
    ...[
      ['password', 'somebody else’s choice'],
      ['passwordHash', 'x'],
      ['email', 'mallory@latchkey.test'],
      ['phone', '+12025550199'],
    ],
    ...[
      ['name', 'Mallory'],
      ['emailVerifiedAt', ''],
      ['disabledAt', '2026-01-01'],
      ['data', '{"role":"admin"}'],
      ['code', '000000'],
    ],
  ] as [string, string][];
  for (const [button, changed] of [
    ['Ask to set a new password', []],
    ['Forget what was counted', []],
    ['Sign out everywhere', []],
    ['Disable', ['disabledAt']],
    ['Enable', ['disabledAt']],
    ['Make administrator', ['role']],
    ['Make no administrator', ['role']],
  ] as const) {
    const before = await row();
    const form = await browser.form(path, `${button}</button>`);
    const { location } = await form.post(extra);
    expect(location, button).toMatch(new RegExp(`^${path}\\?note=`));
    const after = await row();
    expect(
      Object.keys(after).filter((name) => JSON.stringify(after[name]) !== JSON.stringify(before[name])),
      button,
    ).toEqual(changed);
  }
});

test('ADM-3: the mail that asks for a new password carries a plain link, and no token', async () => {
  const [mail] = await query<{ text: string; html: string }>(
    app,
    `SELECT text, html FROM "InboxMessage" WHERE "to" = '${ana.email}' AND subject LIKE 'Set a new%'`,
  );
  expect(mail?.text.match(/https?:\S+/g)).toEqual([`${app.base}/forgot-password`]);
  expect([...(mail?.html ?? '').matchAll(/href="([^"]*)"/g)].map(([, href]) => href)).toEqual([
    `${app.base}/forgot-password`,
  ]);
});
