import { codeAskedFor } from '../e2e/notice';
import { type OwnApp, startApp } from '../e2e/own-app';
import { fingerprint, person, settled } from '../e2e/own-people';
import { reaches, type Step } from '../e2e/plain-story';
import { expect, test } from '../e2e/test';
import { PlainBrowser } from '../support/plain-browser';
import { rawRequest } from '../support/raw-request';
import { cookieLine, foreignOrigins, turnedAway } from './shapes';

// WEB-1: what changes something is posted by a page of this origin, or nothing happens.

const bo = 'bo@latchkey.test';
const cy = 'cy@latchkey.test';
const password = 'a first password';
let app: OwnApp;

test.beforeAll(async () => {
  app = await startApp({ env: { LATCHKEY_DEMO: '1' } });
  await Promise.all([bo, cy].map((email) => person(app, email, password)));
});
test.afterAll(() => app?.stop());

async function signedIn(): Promise<PlainBrowser> {
  const browser = new PlainBrowser(app.base);
  const form = await browser.form('/sign-in', 'name="password"');
  const answer = await form.post([
    ['email', bo],
    ['password', password],
  ]);
  expect(answer.location).toBe('/account');
  return browser;
}

async function at(step: Step, email = bo): Promise<PlainBrowser> {
  const browser = new PlainBrowser(app.base);
  await reaches(app, browser, email, step);
  return browser;
}

type Fields = readonly (readonly [string, string])[];

/** Every form there is: who stands before it, where it is, what it holds, and what an honest person would send. */
const forms: Record<string, [() => Promise<PlainBrowser>, path: string, holds: string, Fields]> = {
  address: [() => at('start'), '/forgot-password', 'name="email"', [['email', bo]]],
  channel: [() => at('method'), '/forgot-password/method', 'name="channel"', [['channel', 'email']]],
  code: [() => at('verify'), '/forgot-password/verify', 'name="code"', [['code', '000000']]],
  'new password': [
    () => at('new-password', cy),
    '/forgot-password/new-password',
    'name="password"',
    [
      ['password', 'a second password'],
      ['confirmPassword', 'a second password'],
    ],
  ],
  'sign-in': [
    () => at('start'),
    '/sign-in',
    'name="password"',
    [
      ['email', bo],
      ['password', 'not it'],
    ],
  ],
  'sign-out': [signedIn, '/account', 'Sign out', []],
  colours: [() => at('start'), '/', 'name="theme"', []],
};

for (const [name, [stands, path, holds, fields]] of Object.entries(forms))
  test(`WEB-1: the form: ${name}`, async () => {
    const browser = await stands();
    const { post, hidden } = await browser.form(path, holds);
    const before = await settled(app);
    const cookies = cookieLine(browser.cookies);
    for (const [what, headers] of Object.entries(foreignOrigins(app.base))) {
      const answer = await post(fields, hidden, headers);
      expect({ what, status: answer.status }).toEqual({ what, status: 403 });
      expect(answer.body).toMatch(/^This was not sent by a page of this site, [^\n<]+\.\n$/);
    }
    expect(cookieLine(browser.cookies)).toBe(cookies);
    expect(await fingerprint(app)).toBe(before);
    // The same, from a page of this site: by its Origin, or where a browser sends none, by its other word.
    expect([200, 303]).toContain((await post(fields, hidden, { 'sec-fetch-site': 'same-origin' })).status);
    expect([200, 303]).toContain((await post(fields)).status);
  });

test('WEB-1: the button of a notice’s link', async () => {
  const link = await codeAskedFor(app, bo);
  const { post, hidden } = await new PlainBrowser(app.base).form(link, 'name="token"');
  const before = await settled(app);
  for (const headers of Object.values(foreignOrigins(app.base)))
    expect((await post([], hidden, headers)).status).toBe(403);
  expect(await fingerprint(app)).toBe(before);
  expect((await post([])).location).toBe('/not-me?done=cancelled');
});

test('WEB-1: next-auth’s own routes', async () => {
  const browser = await signedIn();
  const { csrfToken } = JSON.parse((await browser.get('/api/auth/csrf')).body);
  const before = await settled(app);
  const posts = {
    '/api/auth/callback/credentials': new URLSearchParams({ csrfToken, email: bo, password, json: 'true' }),
    '/api/auth/signin/credentials': new URLSearchParams({ csrfToken }),
    '/api/auth/signout': new URLSearchParams({ csrfToken, json: 'true' }),
    '/api/auth/session': new URLSearchParams({ csrfToken }),
    '/api/auth/_log': new URLSearchParams({ csrfToken, level: 'error' }),
  };
  const send = (path: string, body: URLSearchParams, headers: Record<string, string>) =>
    rawRequest(app.base, {
      method: 'POST',
      path,
      body: body.toString(),
      headers: {
        'content-type': 'application/x-www-form-urlencoded',
        cookie: cookieLine(browser.cookies),
        ...headers,
      },
    });
  for (const [path, body] of Object.entries(posts))
    for (const [what, headers] of Object.entries(foreignOrigins(app.base)))
      expect([path, what, turnedAway(await send(path, body, headers))]).toEqual([path, what, true]);
  expect(await fingerprint(app)).toBe(before);
  const signOut = posts['/api/auth/signout'];
  expect((await send('/api/auth/signout', signOut, { origin: app.base })).status).toBe(200);
  expect(await fingerprint(app)).not.toBe(before);
});

test('WEB-1: methods that no page sends are refused the same way', async () => {
  for (const method of ['PUT', 'PATCH', 'DELETE', 'PROPFIND'])
    expect(turnedAway(await rawRequest(app.base, { method, path: '/sign-in' }))).toBe(true);
});
