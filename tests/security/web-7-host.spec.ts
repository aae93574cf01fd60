import { type OwnApp, startApp } from '../e2e/own-app';
import { fingerprint } from '../e2e/own-people';
import { expect, test } from '../e2e/test';
import { PlainBrowser } from '../support/plain-browser';
import { rawRequest } from '../support/raw-request';
import { turnedAway } from './shapes';

// WEB-7 where people open the machine itself, without a proxy.

let app: OwnApp;
test.beforeAll(async () => {
  app = await startApp({ env: { LATCHKEY_DEMO: '1', TRUSTED_PROXIES: '0' } });
});
test.afterAll(() => app?.stop());

const port = () => new URL(app.base).port;
const strange = () => [
  'evil.test',
  `evil.test:${port()}`,
  'localhost',
  'localhost:1',
  `localhost:${port()}.evil.test`,
  `evil.test@localhost:${port()}`,
  `localhost..:${port()}`,
  `127.0.0.2:${port()}`,
  '[::1]:1',
];

test('WEB-7: a request for another host gets a sentence, whatever it says besides', async () => {
  const before = await fingerprint(app);
  for (const host of strange())
    for (const path of ['/', '/sign-in', '/no-such-page', '/dev/inbox', '/api/auth/csrf', '/api']) {
      const headers = { host, 'x-forwarded-host': `localhost:${port()}`, forwarded: `host=localhost:${port()}` };
      const answer = await rawRequest(app.base, { path, headers });
      expect([host, path, answer.status, turnedAway(answer)]).toEqual([host, path, 421, true]);
      expect(answer.body).not.toContain('evil');
    }
  const posted = await rawRequest(app.base, {
    method: 'POST',
    path: '/sign-in',
    headers: { host: 'evil.test', origin: 'http://evil.test' },
  });
  expect(turnedAway(posted)).toBe(true);
  expect(await fingerprint(app)).toBe(before);
});

test('WEB-7: a dot behind the name changes nothing: the page opens, and its form is taken', async () => {
  const host = `localhost.:${port()}`;
  for (const path of ['/sign-in', '/api/auth/csrf', '/api/no-such-thing'])
    expect((await rawRequest(app.base, { path, headers: { host } })).status).not.toBe(421);
  const browser = new PlainBrowser(app.base, { host, origin: `http://${host}` });
  const { post } = await browser.form('/forgot-password', 'name="email"');
  expect((await post([['email', 'bo@latchkey.test']])).location).toBe('/forgot-password/method');
});

test('WEB-7: route handlers refuse in JSON; health and ready answer anybody', async () => {
  for (const host of strange()) {
    const refused = ['/api/forgot-password/status', '/api/cron/dispatch', '/api/no-such-thing', '/dev/inbox/messages'];
    for (const path of refused) {
      const answer = await rawRequest(app.base, { path, headers: { host } });
      expect([host, path, answer.status]).toEqual([host, path, 421]);
      expect(JSON.parse(answer.body)).toEqual({ error: expect.stringMatching(/^[A-Z].+APP_URL.+\.$/) });
    }
    const posted = await rawRequest(app.base, { method: 'POST', path: '/api/webhooks/twilio', headers: { host } });
    expect(posted.status).toBe(421);
    for (const path of ['/api/health', '/api/ready'])
      expect((await rawRequest(app.base, { path, headers: { host } })).status).toBe(200);
  }
});

test('WEB-7: this machine’s other names are as good, at the same port, and their forms work', async () => {
  for (const name of ['localhost', 'LOCALHOST', '127.0.0.1', '[::1]']) {
    const host = `${name}:${port()}`;
    expect((await rawRequest(app.base, { path: '/sign-in', headers: { host } })).status).toBe(200);
    const origin = new URL(`http://${host}`).origin;
    const form = await new PlainBrowser(app.base, { host, origin }).form('/forgot-password', 'name="email"');
    expect((await form.post([['email', 'ana@latchkey.test']])).location).toBe('/forgot-password/method');
  }
});

test('WEB-7: no header of a client gets into an address that is answered', async () => {
  const forged = {
    'x-forwarded-host': 'evil.test',
    'x-forwarded-proto': 'https',
    'x-forwarded-port': '1',
    forwarded: 'host=evil.test;proto=https',
    'x-original-host': 'evil.test',
  };
  for (const path of [
    '/account',
    '/forgot-password/verify',
    '/api/auth/signin',
    '/api/auth/signout',
    '//x',
    '/sign-in/',
  ]) {
    const { headers, body } = await rawRequest(app.base, { path, headers: forged });
    expect([path, /evil/.test(JSON.stringify(headers) + body)]).toEqual([path, false]);
  }
  const browser = new PlainBrowser(app.base, forged);
  const form = await browser.form('/forgot-password', 'name="email"');
  expect((await form.post([['email', 'ana@latchkey.test']])).location).toBe('/forgot-password/method');
});
