import { PlainBrowser } from '../support/plain-browser';
import { type OwnApp, startApp } from './own-app';
import { person, query } from './own-people';
import { expect, test } from './test';

// UX-3: a browser that sends no cookie back is told so, at the flow and at sign-in, and is led in no circle.

const email = 'bo@latchkey.test';
const password = 'a first password';
const sentence = 'This site needs cookies';

let app: OwnApp;
test.setTimeout(90_000);
test.beforeAll(async () => {
  app = await startApp({ env: { LATCHKEY_DEMO: '1' } });
  await person(app, email, password);
});
test.afterAll(() => app?.stop());

const withoutCookies = () => new PlainBrowser(app.base, { cookie: '' });

test('UX-3: where cookies are blocked, sign-in says that they are needed', async () => {
  const form = await withoutCookies().form('/sign-in', 'name="password"');
  for (const typed of ['not this one', password]) {
    const { status, location, body } = await form.post([
      ['email', email],
      ['password', typed],
    ]);
    expect([status, location]).toEqual([200, null]);
    expect(body).toContain(sentence);
    expect(body).toContain(`value="${email}"`);
  }
  // No password was looked at: nothing is counted, and no session is left that no browser could name.
  expect(await query(app, 'SELECT id FROM "Session"')).toEqual([]);
  expect(await query(app, `SELECT key FROM "Counter" WHERE key LIKE 'sign-in%'`)).toEqual([]);
});

test('UX-3: where cookies are blocked, the flow says that they are needed', async () => {
  const browser = withoutCookies();
  const form = await browser.form('/forgot-password', 'name="email"');
  const method = await form.post([['email', email]]);
  expect([method.status, method.location]).toEqual([303, '/forgot-password/method']);
  const { location } = await browser.get('/forgot-password/method');
  expect(location).toBe('/forgot-password?note=start-again');
  expect((await browser.get(location ?? '')).body).toContain(sentence);
});

test('UX-3: who takes cookies is never told so', async () => {
  const browser = new PlainBrowser(app.base);
  const { location } = await browser.get('/forgot-password/verify');
  const { body } = await browser.get(location ?? '');
  expect(body).toContain('That step needs a fresh start.');
  expect(body).not.toContain(sentence);
  const form = await browser.form('/sign-in', 'name="password"');
  expect(
    await form.post([
      ['email', email],
      ['password', password],
    ]),
  ).toMatchObject({ status: 303, location: '/account' });
});
