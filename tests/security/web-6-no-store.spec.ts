import { type OwnApp, startApp } from '../e2e/own-app';
import { person } from '../e2e/own-people';
import { reaches } from '../e2e/plain-story';
import { expect, test } from '../e2e/test';
import { PlainBrowser } from '../support/plain-browser';
import { rawRequest } from '../support/raw-request';
import { cookieLine } from './shapes';

// WEB-6: what is one person's is kept by no cache, neither a shared one nor the browser's own.

const bo = 'bo@latchkey.test';
let app: OwnApp;
test.beforeAll(async () => {
  app = await startApp({ env: { LATCHKEY_DEMO: '1' } });
  await person(app, bo, 'a first password');
});
test.afterAll(() => app?.stop());

const keeps = async (path: string, browser = new PlainBrowser(app.base), headers: Record<string, string> = {}) => {
  const answer = await rawRequest(app.base, { path, headers: { cookie: cookieLine(browser.cookies), ...headers } });
  expect([path, answer.headers['cache-control']]).toEqual([path, expect.stringContaining('no-store')]);
  return answer.status;
};

test('WEB-6: the pages of signing in, of a reset, of an account, of a notice and of the inbox', async () => {
  for (const path of [
    '/sign-in',
    '/forgot-password',
    '/not-me',
    '/not-me?token=x',
    '/not-me?done=cancelled',
    '/dev/inbox',
  ])
    expect(await keeps(path)).toBe(200);
  expect(await keeps('/dev/inbox/messages')).toBe(200);
  expect(await keeps('/no-such-page')).toBe(404);
  // A redirect says where somebody stands, and so does the data that scripts ask for.
  for (const path of ['/account', '/forgot-password/verify', '/forgot-password/done'])
    expect(await keeps(path)).toBe(307);
  const rsc = { rsc: '1' };
  const { location = '' } = (await rawRequest(app.base, { path: '/sign-in', headers: rsc })).headers;
  expect(await keeps(location, undefined, rsc)).toBe(200);
  for (const step of ['method', 'verify', 'new-password'] as const) {
    const browser = new PlainBrowser(app.base);
    await reaches(app, browser, bo, step);
    expect(await keeps(`/forgot-password/${step}`, browser)).toBe(200);
    if (step === 'verify') expect(await keeps('/api/forgot-password/status', browser)).toBe(200);
  }
});

test('WEB-6: next-auth’s answers, refusals and what route handlers say', async () => {
  for (const path of [
    '/api/auth/session',
    '/api/auth/csrf',
    '/api/health',
    '/api/ready',
    '/api/cron/dispatch',
    '/api/x',
  ])
    await keeps(path);
  await keeps('/sign-in', undefined, { host: 'evil.test' });
  await keeps('/api/forgot-password/status', undefined, { host: 'evil.test' });
});
