import { readdirSync } from 'node:fs';

import { type OwnApp, startApp } from '../e2e/own-app';
import { fingerprint, person, settled } from '../e2e/own-people';
import { expect, test } from '../e2e/test';
import { rawRequest } from '../support/raw-request';
import { foreignOrigins } from './shapes';

// WEB-1: what a browser's script posts to run a server action, posted again from elsewhere and to other addresses. A
// wrong sign-in is what it does, because each leaves a row.

let app: OwnApp;
test.beforeAll(async () => {
  app = await startApp({ env: { LATCHKEY_DEMO: '1' } });
  await person(app, 'bo@latchkey.test', 'a first password');
});
test.afterAll(() => app?.stop());

const chunk = (): string =>
  readdirSync('.next/standalone/.next/static', { recursive: true, encoding: 'utf8' }).find((file) =>
    file.endsWith('.js'),
  ) ?? '';

/** Ways to write an address that lead, or could be thought to lead, to a page or past proxy.ts. */
const paths = (): string[] => [
  ...['/sign-in', '/', '/account', '/no-such-page', '/no-such-page.js', '/sign-in/', '//sign-in', '/%73ign-in'],
  ...['/sign-in.rsc', '/sign-in?_rsc=x', '/SIGN-IN', '/index', '/_next/data/x/sign-in.json', '/_next/image', '/_next'],
  ...['/icon.svg', '/icon.svg/', '/icon.svg/../sign-in', '/%69con.svg', '/favicon.ico', '/robots.txt'],
  ...['/dev/inbox', '/dev/inbox/messages', '/dev/inbox/messages/', '/dev/inbox/messages.rsc', '/dev/inbox/messages/x'],
  ...['/api', '/api/', '/api/health', '/api/health/x', '/api/no-such-thing', '/api/../sign-in', '/api/%2e%2e/sign-in'],
  ...['/%61pi/health', '/api%2fhealth', '/API/health', '/api/auth/csrf', '/api/auth/../../sign-in', '/api\\sign-in'],
  ...['/_next/static/no-such-file.js', '/_next/static/../../sign-in', '/_next/static/%2e%2e/%2e%2e/sign-in'],
  ...[`/_next/static/${chunk()}`, '/_next%2fstatic/x', '/_next/static/..%2f..%2fsign-in', '/%E0%A4%A'],
];

test('WEB-1: no address takes an action from elsewhere', async ({ page }) => {
  const posted = page.waitForRequest((request) => request.method() === 'POST');
  await page.goto(`${app.base}/sign-in`);
  await page.getByLabel('Email').fill('bo@latchkey.test');
  await page.getByLabel('Password', { exact: true }).fill('not it');
  await page.getByRole('button', { name: 'Sign in' }).click();
  const action = await posted;
  await expect(page.getByRole('alert').filter({ hasText: 'not right' })).toBeVisible();
  const { 'next-action': id = '', 'content-type': type = '', accept = '', cookie = '' } = await action.allHeaders();
  expect(id).toMatch(/^[\da-f]{40,}$/);
  const headers = { 'next-action': id, 'content-type': type, accept, cookie };
  const body = action.postDataBuffer() ?? '';
  const post = (path: string, more: Record<string, string>) =>
    rawRequest(app.base, { method: 'POST', path, headers: { ...headers, ...more }, body });

  const before = await settled(app);
  const taken: string[] = [];
  for (const path of paths())
    for (const [what, origin] of Object.entries(path === '/sign-in' ? foreignOrigins(app.base) : { 'no origin': {} })) {
      const { status } = await post(path, origin);
      // What is a redirect leads to an address that is tried as well.
      // The icon is there for every method; Next has no better answer to a posted file than 500.
      const file = path === '/icon.svg' || path.endsWith(chunk());
      if (!file && (status < 300 || status >= 500)) taken.push(`${path} (${what}): ${status}`);
    }
  expect(taken).toEqual([]);
  expect(await fingerprint(app)).toBe(before);

  // Next's own words about a request are nobody else's to say.
  for (const word of ['x-middleware-subrequest', 'x-middleware-next', 'x-action-forwarded', 'x-middleware-skip'])
    for (const value of ['1', 'proxy:proxy:proxy:proxy:proxy', 'middleware', 'src/proxy'])
      expect((await post('/sign-in', { [word]: value })).status).toBe(403);
  expect(await fingerprint(app)).toBe(before);

  // The very same request from a page of this site does run, also where another page has to hand it on.
  for (const path of ['/sign-in', '/']) {
    const seen = await fingerprint(app);
    await post(path, { origin: app.base });
    expect(await fingerprint(app), path).not.toBe(seen);
  }
});
