import { openRedirects, ownPaths } from '../support/open-redirects';
import { PlainBrowser } from '../support/plain-browser';
import { type OwnApp, startApp } from './own-app';
import { person } from './own-people';
import { expect, test } from './test';

// LOG-5, with JavaScript and without: wherever `next` points to, signing in ends on this site.

const email = 'bo@latchkey.test';
const password = 'brass otter lantern';
// The first test waits for the app to start, and one goes through all of it.
test.describe.configure({ timeout: 120_000 });

let app: OwnApp;
test.use({
  baseURL: async ({ browserName: _any }, use) => {
    if (!app) {
      app = await startApp({ env: { LATCHKEY_DEMO: '1', TRUSTED_PROXIES: '1' } });
      await person(app, email, password);
    }
    await use(app.base);
  },
});
test.afterAll(() => app?.stop());

/** One of each kind: the URL parser's resolutions, backslashes, dropped signs, schemes, and what says it openly. */
const inBrowser = [
  '/.//evil.test/login',
  '/x/..//evil.test/login',
  '/%2e//evil.test/login',
  '/..//evil.test',
  '/.\\\\evil.test',
  '/\\evil.test',
  '/\t/evil.test',
  '//evil.test',
  'https://evil.test',
  'javascript:alert(1)',
] as const;

for (const [next, lands] of [
  ...inBrowser.map((path) => [path, '/account'] as const),
  ...ownPaths.slice(3, 5),
  ['/%2f/evil.test', '/%2f/evil.test'] as const,
])
  test(`LOG-5: next=${JSON.stringify(next)} leads to ${lands}`, async ({ page }) => {
    const elsewhere: string[] = [];
    page.on('request', (request) => {
      if (new URL(request.url()).origin !== app.base) elsewhere.push(request.url());
    });
    const signsIn = async () => {
      await page.goto(`/sign-in?next=${encodeURIComponent(next)}`);
      await page.getByLabel('Email').fill(email);
      await page.getByLabel('Password', { exact: true }).fill(password);
      await page.getByRole('button', { name: 'Sign in' }).click();
      await expect(page).toHaveURL(new URL(lands, app.base).href);
    };
    await signsIn();
    await expect(page.getByText('Something went wrong')).toHaveCount(0);
    // Whoever is signed in already is led on by the page itself.
    await page.goto(`/sign-in?next=${encodeURIComponent(next)}`);
    await expect(page).toHaveURL(new URL(lands, app.base).href);
    expect(elsewhere).toEqual([]);
  });

test('LOG-5: the whole corpus, by HTTP: in the address, and in the form’s own field', async ({ baseURL }) => {
  expect(baseURL).toBe(app.base);
  const all = [...openRedirects.map((path) => [path, '/account'] as const), ...ownPaths];
  for (const [next, lands] of all) {
    // Half a character cannot be sent at all.
    if (next.includes('\ud800')) continue;
    const browser = new PlainBrowser(app.base);
    const page = await browser.get(`/sign-in?next=${encodeURIComponent(next)}`);
    expect([next, page.status]).toEqual([next, 200]);
    const { hidden, post } = await browser.form('/sign-in', 'name="password"');
    const forged = hidden.map(([name, value]) => [name, name === 'next' ? next : value] as const);
    const answer = await post(
      [
        ['email', email],
        ['password', password],
      ],
      forged,
    );
    // A form's line breaks are CRLF, and NUL and the like stay what they are: the URL parser decides.
    expect([next, answer.status, new URL(answer.location ?? '', app.base).origin]).toEqual([next, 303, app.base]);
    expect([next, answer.location]).toEqual([next, lands]);
  }
  // Node itself refuses an address of that length, and may hang up before all of it was sent.
  const long = await new PlainBrowser(app.base)
    .get(`/sign-in?next=/${'a'.repeat(100_000)}`)
    .then(({ status }) => status)
    .catch((error: { code?: string }) => error.code);
  expect([431, 'ECONNRESET', 'EPIPE']).toContain(long);
  const browser = new PlainBrowser(app.base);
  const { hidden, post } = await browser.form('/sign-in', 'name="password"');
  const huge = hidden.map(([name, value]) => [name, name === 'next' ? `/${'a'.repeat(100_000)}` : value] as const);
  expect(
    (
      await post(
        [
          ['email', email],
          ['password', password],
        ],
        huge,
      )
    ).location,
  ).toBe('/account');
});
