import { type OwnApp, startApp } from '../../e2e/own-app';
import { person, query } from '../../e2e/own-people';
import { reaches, type Step } from '../../e2e/plain-story';
import { expect, test } from '../../e2e/test';
import { PlainBrowser } from '../../support/plain-browser';
import { rawRequest } from '../../support/raw-request';
import { hostileValues } from './hostile-values';

// More than 300 hostile values to every field and route: no error of ours, nothing changed, nothing that could run.

const bo = 'bo@latchkey.test';
let app: OwnApp;
test.beforeAll(async () => {
  app = await startApp({ env: { LATCHKEY_DEMO: '1' } });
  await person(app, bo, 'a first password');
});
test.afterAll(() => app?.stop());

/** What must stay as it is: everything but what counts and records tries. */
async function state(): Promise<string> {
  const rows = await query<{ line: string }>(
    app,
    `SELECT u::text AS line FROM "User" u UNION ALL SELECT s::text FROM "Session" s UNION ALL SELECT d::text FROM "Device" d
     UNION ALL SELECT c.id || c."userId" || (c."consumedAt" IS NULL) || (c."closedAt" IS NULL) FROM "Challenge" c
     UNION ALL SELECT t::text FROM "ActionToken" t UNION ALL SELECT kind || "challengeId" FROM "Delivery" ORDER BY 1`,
  );
  return rows.map(({ line }) => line).join('\n');
}

/** Markup of theirs that a browser would take for markup. */
const runs =
  /<script>alert|<img src=x|<svg onload|<iframe srcdoc="<script|<base href="\/\/evil|<style>\*|<\/title><b>|--><b>/;

/** As a URL or a header can carry it; half a surrogate becomes U+FFFD, as it does in UTF-8. */
const inUrl = (value: string): string => encodeURIComponent(Buffer.from(value.slice(0, 1_000)).toString());

/** Few enough for one flow's tries, one network's budget and one cookie. */
function* portions(size: number): Generator<readonly string[]> {
  for (let from = 0; from < hostileValues.length; from += size) yield hostileValues.slice(from, from + size);
}

test('VER-6: there are more than 300 of them', () => {
  expect(hostileValues.length).toBeGreaterThan(300);
});

const fields: readonly (readonly [step: Step, path: string, holds: string, field: string, rest: [string, string][]])[] =
  [
    ['start', '/forgot-password', 'name="email"', 'email', []],
    ['method', '/forgot-password/method', 'name="channel"', 'channel', []],
    ['start', '/sign-in', 'name="password"', 'email', [['password', 'not this one']]],
    ['start', '/sign-in', 'name="password"', 'password', [['email', 'nobody@latchkey.test']]],
    ['new-password', '/forgot-password/new-password', 'name="password"', 'password', [['confirmPassword', 'x']]],
  ];

for (const [step, path, holds, field, rest] of fields)
  test(`VER-6: ${path}: ${field}`, async () => {
    test.setTimeout(120_000);
    const walker = new PlainBrowser(app.base);
    await reaches(app, walker, bo, step);
    const before = await state();
    for (const some of portions(20)) {
      await query(app, 'DELETE FROM "Counter"');
      const browser = step === 'start' ? new PlainBrowser(app.base) : walker;
      const { post } = await browser.form(path, holds);
      for (const value of some) {
        const { status, body, location } = await post([[field, value], ...rest]);
        const what = JSON.stringify(value.slice(0, 40));
        expect([200, 303], what).toContain(status);
        expect(runs.test(body), what).toBe(false);
        // Nowhere but on this site, should it lead anywhere.
        expect(location ?? '/here', what).toMatch(/^\/[a-z]/);
      }
    }
    expect(await state()).toBe(before);
  });

test('VER-6: /forgot-password/verify: code', async () => {
  test.setTimeout(240_000);
  const proved = () => query(app, `SELECT id FROM "Challenge" WHERE "consumedAt" IS NOT NULL ORDER BY id`);
  const before = await proved();
  for (const some of portions(80)) {
    const browser = new PlainBrowser(app.base);
    await reaches(app, browser, bo, 'verify');
    const { post } = await browser.form('/forgot-password/verify', 'name="code"');
    for (const value of some) {
      const { status, body, location } = await post([['code', value]]);
      expect({ what: value.slice(0, 40), status, location }).toEqual({
        what: value.slice(0, 40),
        status: 200,
        location: null,
      });
      expect(runs.test(body)).toBe(false);
    }
  }
  expect(await proved()).toEqual(before);
});

test('VER-6: where to go after signing in, hidden fields, and every query of a page', async () => {
  test.setTimeout(120_000);
  const before = await state();
  for (const some of portions(40)) {
    await query(app, 'DELETE FROM "Counter"');
    const browser = new PlainBrowser(app.base);
    const form = await browser.form('/sign-in', 'name="password"');
    for (const value of some) {
      const tried = await form.post([
        ['next', value],
        ['flow', value],
        ['proof', value],
        ['theme', value],
        ['email', 'a@b.test'],
        ['password', 'x'],
      ]);
      expect(tried.status, value.slice(0, 40)).toBe(200);
      const text = inUrl(value);
      for (const path of [
        '/sign-in?next=',
        '/forgot-password?note=',
        '/not-me?token=',
        '/dev/inbox?mail=',
        '/dev/inbox/messages?to=',
      ]) {
        const { status, body } = await browser.get(path + text);
        expect([200, 404], path + text.slice(0, 40)).toContain(status);
        // JSON is no markup, and says so.
        if (!path.startsWith('/dev/inbox/messages')) expect(runs.test(body), path).toBe(false);
      }
    }
  }
  expect(await state()).toBe(before);
});

test('VER-6: cookies, headers and bodies of routes', async () => {
  test.setTimeout(120_000);
  const before = await state();
  for (const value of hostileValues) {
    const text = inUrl(value);
    const asked = await Promise.all([
      rawRequest(app.base, {
        path: '/forgot-password/verify',
        headers: { cookie: `latchkey-flow=${text}; latchkey-device=${text}; latchkey-session=${text}` },
      }),
      rawRequest(app.base, {
        path: '/account',
        headers: { cookie: `latchkey-session=${text}`, 'next-action': text, rsc: '1' },
      }),
      rawRequest(app.base, { path: '/api/forgot-password/status', headers: { cookie: `latchkey-flow=${text}` } }),
      rawRequest(app.base, { path: '/api/cron/dispatch', headers: { authorization: `Bearer ${text}` } }),
      rawRequest(app.base, { path: `/api/ready?${text}`, headers: { 'x-forwarded-for': text, 'user-agent': text } }),
      rawRequest(app.base, {
        method: 'POST',
        path: '/api/webhooks/twilio',
        headers: { 'content-type': text },
        body: value,
      }),
      rawRequest(app.base, {
        method: 'POST',
        path: '/api/auth/callback/credentials',
        headers: { origin: app.base, 'content-type': 'application/x-www-form-urlencoded' },
        body: `email=${text}&password=${text}&csrfToken=${text}`,
      }),
    ]);
    expect(
      asked.map(({ status }) => status).filter((status) => status >= 500),
      value.slice(0, 40),
    ).toEqual([]);
    expect(
      asked.some(({ body }) => runs.test(body)),
      value.slice(0, 40),
    ).toBe(false);
  }
  expect(await state()).toBe(before);
});
