import { maskRecipient } from '@/lib/delivery/mask';
import { type OwnApp, startApp } from '../e2e/own-app';
import { person } from '../e2e/own-people';
import { asksBy, typesAddress, typesCode } from '../e2e/story';
import { expect, test } from '../e2e/test';
import { PlainBrowser } from '../support/plain-browser';
import { rawRequest } from '../support/raw-request';
import { standsAlone } from '../support/stands-alone';
import { cookieLine } from './shapes';

// ENU-5: before the code is proved only what was typed is echoed. The address is typed in another spelling than it is
// stored in, so that the two can be told apart.

const bo = { email: 'bo.stored@latchkey.test', typed: 'BO.Stored@Latchkey.TEST', phone: '+12025550173' };
const verify = '/forgot-password/verify';
let app: OwnApp;
test.beforeAll(async () => {
  app = await startApp({ env: { LATCHKEY_DEMO: '1' } });
  await person(app, bo.email, 'a first password', bo.phone);
});
test.afterAll(() => app?.stop());

/** The stored ones, whole, in parts, masked as operators see them, or with signs in place of what is left out. */
const stored = [
  ...[bo.email, bo.phone, bo.phone.slice(1), 'stored@', '@latchkey.test'],
  ...[maskRecipient('email', bo.email), maskRecipient('sms', bo.phone)],
  ...[/[\w.+][*•.…]{2,}[\w.]*@/, /[*•…x]{2,}[ -]?\d{2,4}\b/, /ending (?:in|with) \d/i],
  standsAlone(bo.phone.slice(-4)),
];
const shown = (text: string): unknown[] =>
  stored.filter((one) => (typeof one === 'string' ? text.includes(one) : one.test(text)));

test('ENU-5: no page, answer, header, cookie or status of a browser without scripts shows them', async () => {
  for (const channel of ['email', 'sms'] as const) {
    const browser = new PlainBrowser(app.base);
    await (await browser.form('/forgot-password', 'name="email"')).post([['email', bo.typed]]);
    await browser.get('/forgot-password');
    await (await browser.form('/forgot-password/method', 'name="channel"')).post([['channel', channel]]);
    const code = await browser.form(verify, 'name="code"');
    await (await browser.form(verify, 'Resend code')).post([]);
    const other = channel === 'email' ? 'Use text message instead' : 'Use email instead';
    await (await browser.form(verify, other)).post([]);
    for (let guess = 0; guess < 6; guess += 1) await code.post([['code', '000000']]);
    for (const path of [verify, `${verify}?note=other-tab`, '/api/forgot-password/status', '/sign-in', '/account'])
      await browser.get(path);
    // The data of each page, as scripts ask for it.
    const headers = { cookie: cookieLine(browser.cookies), rsc: '1' };
    for (const path of [verify, '/forgot-password']) {
      const { location = '' } = (await rawRequest(app.base, { path, headers })).headers;
      const data = await rawRequest(app.base, { path: location, headers });
      expect(data.headers['content-type']).toContain('text/x-component');
      browser.heard.push({ method: 'GET', path: location, ...data });
    }
    expect(browser.heard.filter(({ body }) => body.includes(bo.typed)).length).toBeGreaterThan(10);
    for (const { method, path, headers, body } of browser.heard)
      expect([method, path, shown(body), shown(JSON.stringify(headers))]).toEqual([method, path, [], []]);
    // The cookie knows what was typed, and keeps it sealed.
    const flow = browser.cookies.get('latchkey-flow') ?? '';
    expect(flow).toMatch(/^Fe26\.2/);
    const opened = flow.split(/[*~]/).map((part) => Buffer.from(decodeURIComponent(part), 'base64').toString('latin1'));
    expect(/latchkey\.test|stored|2025550173/i.test(`${flow} ${opened}`)).toBe(false);
  }
});

test('ENU-5: nor anything that scripts are told', async ({ browser }) => {
  const page = await (await browser.newContext({ baseURL: app.base })).newPage();
  const told: string[] = [];
  await page.route('**', async (route, request) => {
    if (!['document', 'fetch', 'xhr'].includes(request.resourceType())) return route.continue();
    const response = await route.fetch({ maxRedirects: 0 });
    told.push(`${request.method()} ${JSON.stringify(response.headersArray())} ${await response.text()}`);
    return route.fulfill({ response });
  });
  await typesAddress(page, bo.typed);
  await asksBy(page, 'Text message');
  await page.getByRole('button', { name: 'Use email instead' }).click();
  await expect(page.getByText('on its way again')).toBeVisible();
  await typesCode(page, '000000');
  await expect(page.getByText('You have 4 tries left.')).toBeVisible();
  await expect.poll(() => told.some((text) => text.includes('pollInMs'))).toBe(true);
  const content = await page.content();
  await page.unrouteAll({ behavior: 'ignoreErrors' });
  await page.close();
  expect([content.includes(bo.typed), shown(content)]).toEqual([true, []]);
  for (const text of told) expect([text.slice(0, 80), shown(text)]).toEqual([text.slice(0, 80), []]);
});
