import { type OwnApp, startApp } from '../e2e/own-app';
import { person, query } from '../e2e/own-people';
import { reaches } from '../e2e/plain-story';
import { expect, test } from '../e2e/test';
import { PlainBrowser } from '../support/plain-browser';
import { rawRequest } from '../support/raw-request';

// FLO-2 over HTTP: the grant is in the cookie that the proof brings, sealed, and in no other. How long it lives, and
// for what, is in flo-2-grant.test.ts.

const bo = 'bo@latchkey.test';
const path = '/forgot-password/new-password';
let app: OwnApp;
test.beforeAll(async () => {
  app = await startApp({ env: { LATCHKEY_DEMO: '1' } });
  await person(app, bo, 'a first password');
});
test.afterAll(() => app?.stop());

const passwords = () => query(app, 'SELECT "passwordHash", "passwordVersion" FROM "User"');
const fields = (password: string) =>
  [
    ['password', password],
    ['confirmPassword', password],
  ] as const;

test('FLO-2: every cookie from before the proof is worth nothing after it, at the page and at the form', async () => {
  const browser = new PlainBrowser(app.base);
  const flows = () =>
    browser.heard.flatMap(({ headers }) => headers['set-cookie'] ?? []).filter((line) => /^latchkey-flow=/.test(line));
  await reaches(app, browser, bo, 'new-password');
  const [proved = '', ...earlier] = flows()
    .map((line) => line.split(';', 1)[0] ?? '')
    .reverse();
  expect(earlier).toHaveLength(2);
  expect(new Set([proved, ...earlier]).size).toBe(3);
  expect(flows().at(-1)).toMatch(/^latchkey-flow=Fe26\.2\S+; .*HttpOnly/);

  const before = await passwords();
  const { hidden, post } = await browser.form(path, 'name="password"');
  for (const cookie of earlier) {
    const page = await rawRequest(app.base, { path, headers: { cookie } });
    expect([page.status, page.headers.location]).toEqual([
      307,
      expect.stringMatching(/\/(method|verify)\?note=continue$/),
    ]);
    const stolen = await post(fields('a password of theirs'), hidden, { origin: app.base, cookie });
    expect(stolen.location).toMatch(/\/(method|verify)$/);
  }
  expect(await passwords()).toEqual(before);
  // The answers to those posts renewed nothing.
  expect((await rawRequest(app.base, { path, headers: { cookie: proved } })).status).toBe(200);
  const own = await post(fields('velvet crane harbour'), hidden, { origin: app.base, cookie: proved });
  expect(own.location).toBe('/forgot-password/done');

  // And once it has set one, the cookie of the proof sets no other.
  const after = await passwords();
  expect(after).not.toEqual(before);
  const again = await post(fields('a password of theirs'), hidden, { origin: app.base, cookie: proved });
  expect(again.location).toBe('/forgot-password/done');
  expect(await passwords()).toEqual(after);
  const page = await rawRequest(app.base, { path, headers: { cookie: proved } });
  expect(page.headers.location).toMatch(/\/forgot-password\?note=start-again$/);
});

test('FLO-2: a proof in one browser opens nothing in another that is in the same flow', async () => {
  const browser = new PlainBrowser(app.base);
  await reaches(app, browser, bo, 'verify');
  const copied = [...browser.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
  const { hidden, post } = await browser.form('/forgot-password/verify', 'name="code"');
  let code: string | undefined;
  await expect(async () => {
    const [newest] = await query<{ text: string }>(app, 'SELECT text FROM "InboxMessage" ORDER BY at DESC LIMIT 1');
    code = /\b\d{6,20}\b/.exec(newest?.text ?? '')?.[0];
    expect((await post([['code', code ?? '']], hidden)).location).toBe(path);
  }).toPass({ timeout: 5_000 });
  const elsewhere = await rawRequest(app.base, { path, headers: { cookie: copied } });
  expect(elsewhere.headers.location).toMatch(/\/forgot-password\/verify\?note=continue$/);
});
