import type { Page } from '@playwright/test';
import { linkIn } from '../e2e/notice';
import { type OwnApp, startApp } from '../e2e/own-app';
import { person, query } from '../e2e/own-people';
import { asksBy, codeSentTo, setsPassword, signsIn, typesAddress, typesCode } from '../e2e/story';
import { expect, test } from '../e2e/test';

// FLO-6: every request that a browser makes on the whole way, its referrers and redirects: no secret in a URL, but the
// token of /not-me, and nothing from anybody else.

const bo = { email: 'bo@latchkey.test', phone: '+12025550172' };
const chosen = 'velvet crane harbour';
let app: OwnApp;

// Not in beforeAll: the browser wants to know its base before that runs.
test.use({
  baseURL: async ({ browserName: _any }, use) => {
    app ??= await startApp({ env: { LATCHKEY_DEMO: '1' } });
    await use(app.base);
  },
});
test.afterAll(() => app?.stop());

/** Every URL that a page asks for, comes from or is sent to. */
function urlsOf(page: Page): string[] {
  const urls: string[] = [];
  page.on('request', (request) => urls.push(request.url(), request.headers().referer ?? ''));
  page.on('response', (response) => urls.push(response.headers().location ?? ''));
  page.on('framenavigated', (frame) => urls.push(frame.url()));
  page.on('websocket', (socket) => urls.push(socket.url()));
  return urls;
}

for (const scripts of [true, false])
  test(`FLO-6: a whole reset by ${scripts ? 'SMS, with' : 'email, without'} scripts, a sign-in and a notice’s link`, async ({
    browser,
    baseURL,
  }) => {
    await query(app, 'TRUNCATE "User", "InboxMessage", "Counter" CASCADE');
    await person(app, bo.email, 'a first password', bo.phone);
    const context = await browser.newContext({ baseURL: baseURL ?? '', javaScriptEnabled: scripts });
    const page = await context.newPage();
    const urls = urlsOf(page);
    const cookies = new Set<string>();
    const keep = async () => {
      for (const { name, value } of await context.cookies()) if (/flow|session|device/.test(name)) cookies.add(value);
    };
    await typesAddress(page, bo.email);
    await keep();
    const tag = await page.locator('input[name="flow"]').first().getAttribute('value');
    const [to, channel] = scripts ? ([bo.phone, 'Text message'] as const) : ([bo.email, 'Email'] as const);
    const code = await codeSentTo(page, to, () => asksBy(page, channel));
    await keep();
    await typesCode(page, code === '000000' ? '000001' : '000000');
    await expect(page.getByText('You have 4 tries left.')).toBeVisible();
    await typesCode(page, code);
    await expect(page).toHaveURL(/new-password/);
    await keep();
    await setsPassword(page, chosen);
    await signsIn(page, bo.email, 'not this one');
    await expect(page.getByText('is not right')).toBeVisible();
    await signsIn(page, bo.email, chosen);
    await expect(page).toHaveURL(/\/account/);
    await keep();
    expect(cookies.size).toBeGreaterThan(4);
    expect(urls.length).toBeGreaterThan(20);
    const ids = await query<{ id: string }>(app, 'SELECT id FROM "Challenge" UNION SELECT id::text FROM "User"');
    const { host } = new URL(app.base);
    const secrets = [code, chosen, 'not this one', bo.email, bo.phone, 'latchkey.test', tag ?? '-', ...cookies];
    for (const url of urls) {
      const readable = decodeURIComponent(url).replaceAll('+', ' ');
      expect(
        [...secrets, ...ids.map(({ id }) => id)].filter((secret) => readable.includes(secret)),
        url,
      ).toEqual([]);
      expect(url.startsWith('/') || url === '' || new URL(url).host === host, url).toBe(true);
    }
    // The one token that a link carries is used up by its form, and goes nowhere else.
    const seen = urls.length;
    const link = await linkIn(app, bo.email, /was changed$/);
    const token = new URL(link, app.base).searchParams.get('token') ?? '';
    await page.goto(link);
    await page.getByRole('button', { name: 'This wasn’t me' }).click();
    await expect(page).toHaveURL(/\/forgot-password\/verify$/);
    await page.getByRole('link', { name: 'Use another address' }).click();
    await expect(page).toHaveURL(/\/forgot-password$/);
    const carrying = urls.slice(seen).filter((url) => url.includes(token));
    expect(new Set(carrying.map((url) => new URL(url, app.base).pathname))).toEqual(new Set(['/not-me']));
    expect(urls.slice(seen).every((url) => url.startsWith('/') || url === '' || new URL(url).host === host)).toBe(true);
    await context.close();
  });
