import { type OwnApp, startApp } from '../e2e/own-app';
import { person, query } from '../e2e/own-people';
import { asksBy, setsPassword, signsIn, typesAddress, typesCode } from '../e2e/story';
import { expect, test } from '../e2e/test';
import { rawRequest } from '../support/raw-request';
import { startTlsProxy, type TlsProxy } from '../support/tls-proxy';
import { watch } from './watch';

// The production build as it is meant to run: by https, behind one proxy.

const bo = 'bo@latchkey.test';
let app: OwnApp;
let proxy: TlsProxy;
let origin: string;

test.beforeAll(async () => {
  proxy = await startTlsProxy(() => app.base);
  origin = `https://reset.latchkey.test:${proxy.port}`;
  app = await startApp({ env: { LATCHKEY_DEMO: '1', APP_URL: origin, TRUSTED_PROXIES: '1' } });
  await person(app, bo, 'a first password');
});
test.afterAll(async () => {
  proxy?.close();
  await app?.stop();
});

/** The one code that was sent: the test's own requests do not come by the name that only the browser knows. */
async function codeIn(from: OwnApp): Promise<string> {
  let code: string | undefined;
  await expect(async () => {
    const [mail] = await query<{ text: string }>(from, 'SELECT text FROM "InboxMessage"');
    code = mail?.text.match(/\b\d{6,20}\b/)?.[0];
    expect(code).toBeDefined();
  }).toPass({ intervals: [50] });
  return code ?? '';
}

test('WEB-2: a whole reset by https leaves __Host- cookies and nothing in the console', async ({ browser }) => {
  const { executablePath, args } = test.info().project.use.launchOptions ?? {};
  const own = await browser.browserType().launch({
    ...(executablePath ? { executablePath } : {}),
    args: [...(args ?? []), '--host-resolver-rules=MAP reset.latchkey.test 127.0.0.1'],
  });
  try {
    const context = await own.newContext({ ignoreHTTPSErrors: true, baseURL: origin });
    const page = await context.newPage();
    const seen = watch(page);
    await typesAddress(page, bo);
    await asksBy(page, 'Email');
    await typesCode(page, await codeIn(app));
    await expect(page).toHaveURL(/new-password/);
    await setsPassword(page, 'a second password');
    await signsIn(page, bo, 'a second password');
    await expect(page).toHaveURL(`${origin}/account`);
    await page.getByRole('button', { name: /Colours/ }).click();
    await expect(page.locator('html')).toHaveAttribute('data-theme', /light|dark/);
    await page.goto('/api/auth/csrf');
    const cookies = await context.cookies();
    expect(cookies.length).toBeGreaterThan(3);
    for (const { name, secure, httpOnly, sameSite, path, domain } of cookies)
      expect({ name, secure, httpOnly, sameSite, path, domain }).toEqual({
        name: expect.stringMatching(/^__Host-/),
        secure: true,
        httpOnly: true,
        sameSite: 'Lax',
        path: '/',
        domain: 'reset.latchkey.test',
      });
    expect(seen.problems).toEqual([]);
    expect([...seen.origins]).toEqual([origin]);
    // Next asks itself for the page that an action redirects to; the app knew it for its own.
    expect(app.log()).not.toMatch(/failed to (get redirect|forward)|forwarded header/);
  } finally {
    await own.close();
  }
});

const host = () => new URL(origin).host;
const ask = (method: string, path: string, headers: Record<string, string>) =>
  rawRequest(app.base, { method, path, headers: { host: host(), ...headers } });

test('WEB-3: HSTS by https, and only then', async () => {
  for (const path of ['/', '/api/health', '/no-such-page', '/icon.svg', '/api/auth/csrf'])
    for (const proto of ['https', 'http'])
      expect([
        path,
        proto,
        (await ask('GET', path, { 'x-forwarded-proto': proto })).headers['strict-transport-security'],
      ]).toEqual([path, proto, proto === 'https' ? 'max-age=31536000' : undefined]);
});

test('WEB-7: by the proxy’s word plain http is led to https, and what would change something is refused', async () => {
  const plain = { 'x-forwarded-proto': 'http' };
  for (const method of ['GET', 'HEAD']) {
    const { status, headers } = await ask(method, '/sign-in?next=/account', plain);
    expect([status, headers.location]).toEqual([308, `${origin}/sign-in?next=%2Faccount`]);
  }
  for (const path of ['/api/forgot-password/status', '/api/cron/dispatch', '/api/no-such-thing?a=b']) {
    const { status, headers, body } = await ask('GET', path, plain);
    expect([status, headers.location, body]).toEqual([308, `${origin}${path}`, '']);
  }
  const receipt = await ask('POST', '/api/webhooks/twilio', plain);
  expect([receipt.status, receipt.headers.location]).toEqual([403, undefined]);
  const posted = await ask('POST', '/sign-in', { ...plain, origin });
  expect([posted.status, posted.headers.location]).toEqual([403, undefined]);
  expect((await ask('GET', '/api/health', { ...plain, host: '10.0.0.7:3000' })).status).toBe(200);
  // Neither without a word nor with a browser that knows better does anybody go round in circles.
  expect((await ask('GET', '/sign-in', {})).status).toBe(200);
  expect((await ask('GET', '/sign-in', { ...plain, 'sec-fetch-site': 'none' })).status).toBe(400);
});

test('WEB-7: the proxy may say the host in a header of its own', async () => {
  const https = { 'x-forwarded-proto': 'https' };
  const inner = { ...https, host: 'app:3000' };
  expect((await ask('GET', '/sign-in', { ...inner, 'x-forwarded-host': host() })).status).toBe(200);
  for (const forwarded of ['evil.test', `${host()}, evil.test`, 'reset.latchkey.test'])
    expect((await ask('GET', '/sign-in', { ...inner, 'x-forwarded-host': forwarded })).status).toBe(421);
  expect((await ask('GET', '/sign-in', inner)).status).toBe(421);
});

test('WEB-7: whoever calls from the machine itself is told the mend', async () => {
  const cron = await ask('GET', '/api/cron/dispatch', { host: new URL(app.base).host });
  expect(cron.status).toBe(421);
  expect(JSON.parse(cron.body)).toEqual({ error: expect.stringMatching(/APP_URL/) });
  expect((await ask('GET', '/api/cron/dispatch', {})).status).toBe(401);
});
