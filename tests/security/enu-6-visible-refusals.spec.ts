import { type OwnApp, startApp } from '../e2e/own-app';
import { person, query } from '../e2e/own-people';
import { expect, test } from '../e2e/test';
import { PlainBrowser } from '../support/plain-browser';
import { rawRequest } from '../support/raw-request';
import { asks, usesUp } from './alike';
import { cookieLine } from './shapes';

// ENU-6: what a network is refused may be seen, whoever it asked for. What an account is refused is in enu-6-rule.spec.ts.

const bo = { email: 'bo@latchkey.test', password: 'a first password' };
const verify = '/forgot-password/verify';
const nobody = 'nobody@latchkey.test';
let app: OwnApp;
test.beforeAll(async () => {
  app = await startApp({ env: { LATCHKEY_DEMO: '1' } });
  await person(app, bo.email, bo.password);
});
test.afterAll(() => app?.stop());
test.beforeEach(() => query(app, 'DELETE FROM "Counter"'));

const network = 'from your network';

test('ENU-6: a network that asked too often is told at the form, with the time it takes', async () => {
  for (const email of [bo.email, nobody]) {
    const browser = new PlainBrowser(app.base);
    await asks(browser, email, 'email');
    await usesUp(app, 'send-address');
    const resend = await (await browser.form(verify, 'Use text message instead')).post([]);
    expect(resend).toMatchObject({
      status: 200,
      errors: { switch: expect.stringMatching(/Too many codes .* 1 hour/) },
    });
    await (await browser.form('/forgot-password', 'name="email"')).post([['email', email]]);
    const { post } = await browser.form('/forgot-password/method', 'name="channel"');
    const answer = await post([['channel', 'email']]);
    expect(answer).toMatchObject({
      status: 200,
      location: null,
      errors: { channel: expect.stringContaining(network) },
    });
    // From elsewhere the same address is heard.
    const elsewhere = new PlainBrowser(app.base);
    await asks(elsewhere, email, 'email');
    expect((await elsewhere.get(verify)).status).toBe(200);
  }
});

test('ENU-6: a network that guessed too often is told at the code, and nothing is spent', async () => {
  for (const email of [bo.email, nobody]) {
    const browser = new PlainBrowser(app.base);
    await asks(browser, email, 'email');
    const { post } = await browser.form(verify, 'name="code"');
    await post([['code', '000000']]);
    await usesUp(app, 'guess-address');
    // What is refused anyway is worked for in vain by nobody.
    const { errors } = await post([['code', '000000']]);
    expect(errors.code).toMatch(/Too many wrong codes came from your network\. Try again in \d+ hours?/);
    expect((await browser.get(verify)).body).toContain('4 tries left');
  }
});

test('ENU-6: a network whose sign-ins failed too often is told so, whoever it names', async () => {
  for (const email of [bo.email, nobody]) {
    const browser = new PlainBrowser(app.base);
    const { post } = await browser.form('/sign-in', 'name="password"');
    const fields = [
      ['email', email],
      ['password', 'not this one'],
    ] as const;
    await post(fields);
    await usesUp(app, 'sign-in-address');
    const { status, body } = await post(fields);
    expect([status, body.includes('Too many sign-ins from your network did not fit')]).toEqual([200, true]);
  }
});

test('a route handler answers 429 and says when to come again', async () => {
  const faces: unknown[] = [];
  for (const email of [bo.email, nobody]) {
    const browser = new PlainBrowser(app.base);
    await asks(browser, email, 'email');
    const headers = { cookie: cookieLine(browser.cookies) };
    const ask = () => rawRequest(app.base, { path: '/api/forgot-password/status', headers });
    for (let asked = 0; asked < 120; asked += 1) expect((await ask()).status).toBe(200);
    const { status, body, headers: told } = await ask();
    expect(Number(told['retry-after'])).toBeGreaterThan(0);
    expect(Number(told['retry-after'])).toBeLessThanOrEqual(60);
    faces.push([status, body]);
  }
  expect(faces).toEqual(Array(2).fill([429, '{"error":"Too many requests."}']));
});
