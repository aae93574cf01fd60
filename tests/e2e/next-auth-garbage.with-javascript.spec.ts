import { ownAddress } from '../support/own-address';
import { PlainBrowser } from '../support/plain-browser';
import { rawRequest } from '../support/raw-request';
import { type OwnApp, startApp } from './own-app';
import { person, query } from './own-people';
import { signsIn } from './story';
import { expect, test } from './test';

// next-auth's own routes, by HTTP against the build: garbage is no fault of ours, and a dead cookie stays dead.

const email = 'bo@latchkey.test';
const password = 'brass otter lantern';
// The first test waits for the app to start, and one goes through all of it.
test.describe.configure({ timeout: 120_000 });

let app: OwnApp;
test.use({
  baseURL: async ({ browserName: _any }, use) => {
    if (!app) {
      app = await startApp({ env: { LATCHKEY_DEMO: '1', TRUSTED_PROXIES: '1' } });
      await person(app, email, password);
    }
    await use(app.base);
  },
});
test.afterAll(() => app?.stop());

const asks = (path: string, asked: { cookie?: string; body?: string; type?: string } = {}) =>
  rawRequest(app.base, {
    path,
    method: asked.body === undefined ? 'GET' : 'POST',
    headers: {
      origin: app.base,
      'x-forwarded-for': ownAddress(),
      ...(asked.cookie ? { cookie: asked.cookie } : {}),
      ...(asked.body === undefined ? {} : { 'content-type': asked.type ?? 'application/x-www-form-urlencoded' }),
    },
    ...(asked.body === undefined ? {} : { body: asked.body }),
  });

const values = ['', 'x', '%', '%00', '//evil.test', 'javascript:alert(1)', '%E4%B8%AD', '%0d%0aX:1', 'a'.repeat(3_000)];
const actions = ['session', 'csrf', 'providers', 'signin', 'signout', 'error', 'callback/credentials', '_log', 'x'];

test('garbled callback URLs, error words, providers and paths never give a 5xx and lead nowhere else', async ({
  baseURL,
}) => {
  expect(baseURL).toBe(app.base);
  const paths = actions.flatMap((action) => [
    `/api/auth/${action}`,
    `/api/auth/${action}/x/y`,
    ...values.flatMap((value) => [
      `/api/auth/${action}?callbackUrl=${value}`,
      `/api/auth/${action}?error=${value}`,
      `/api/auth/${action}/${value || '%20'}`,
    ]),
  ]);
  for (const path of paths)
    for (const body of [undefined, 'a=b']) {
      const { status, headers } = await asks(path, body === undefined ? {} : { body });
      const to = new URL(headers.location ?? '/', app.base).origin;
      expect([path, body, status < 500, to]).toEqual([path, body, true, app.base]);
    }
});

test('neither do garbled cookies and bodies', async ({ baseURL }) => {
  expect(baseURL).toBe(app.base);
  const names = ['latchkey-session', 'latchkey-csrf', 'latchkey-callback-url', 'latchkey-device'];
  for (const name of names)
    for (const value of [...values, '|', '"', 'eyJhbGciOiJkaXIifQ..x.y.z', 'Fe26.2*1*2'])
      for (const action of ['session', 'csrf', 'signin', 'signout']) {
        const { status } = await asks(`/api/auth/${action}`, { cookie: `${name}=${value}; ${name}=${value}` });
        expect([name, value, action, status < 500]).toEqual([name, value, action, true]);
      }
  for (const body of [
    '',
    '{',
    'null',
    '[]',
    '"x"',
    '{"csrfToken":{"a":1}}',
    '%',
    'csrfToken=a&csrfToken=b',
    'x'.repeat(100_000),
  ])
    for (const type of ['application/json', 'application/x-www-form-urlencoded', 'multipart/form-data', 'text/plain'])
      for (const action of ['callback/credentials', 'session', 'signout', 'signin/credentials', '_log']) {
        const { status } = await asks(`/api/auth/${action}`, { body, type });
        expect([action, type, body.slice(0, 30), status < 500]).toEqual([action, type, body.slice(0, 30), true]);
      }
});

test('LOG-2: a second sign-in in one browser ends the first session, at the form and at next-auth’s own route', async ({
  baseURL,
}) => {
  expect(baseURL).toBe(app.base);
  const held = () =>
    query<{ count: string }>(app, 'SELECT count(*) FROM "Session"').then(([row]) => Number(row?.count));
  const browser = new PlainBrowser(app.base);
  const { post } = await browser.form('/sign-in', 'name="password"');
  const fields = [
    ['email', email],
    ['password', password],
  ] as const;
  const before = await held();
  await post(fields);
  const first = `latchkey-session=${browser.cookies.get('latchkey-session')}`;
  expect(await held()).toBe(before + 1);
  // A form that was open in another tab.
  await post(fields);
  const second = `latchkey-session=${browser.cookies.get('latchkey-session')}`;
  expect(await held()).toBe(before + 1);
  expect(JSON.parse((await asks('/api/auth/session', { cookie: first })).body)).toEqual({});
  const csrf = await asks('/api/auth/csrf');
  const jar = [second, ...(csrf.headers['set-cookie'] ?? []).map((line) => line.split(';')[0])].join('; ');
  const { csrfToken } = JSON.parse(csrf.body);
  const body = new URLSearchParams({ csrfToken, email, password, json: 'true' }).toString();
  const third = await asks('/api/auth/callback/credentials', { cookie: jar, body });
  expect(third.headers['set-cookie']?.some((line) => line.startsWith('latchkey-session='))).toBe(true);
  expect(await held()).toBe(before + 1);
  expect(JSON.parse((await asks('/api/auth/session', { cookie: second })).body)).toEqual({});
});

test('LOG-4: a cookie kept from before signing out gets no renewed one at /api/auth/session', async ({
  page,
  context,
}) => {
  await signsIn(page, email, password);
  await expect(page).toHaveURL(/\/account$/);
  const kept = (await context.cookies()).find(({ name }) => name === 'latchkey-session');
  const cookie = `latchkey-session=${kept?.value}`;
  const living = await asks('/api/auth/session', { cookie });
  expect(Object.keys(JSON.parse(living.body))).toEqual(['expires']);
  await page.getByRole('button', { name: 'Sign out' }).click();
  await expect(page).toHaveURL(/\/sign-in\?note=signed-out/);
  const replayed = await asks('/api/auth/session', { cookie });
  expect(JSON.parse(replayed.body)).toEqual({});
  const set = (replayed.headers['set-cookie'] ?? []).filter((line) => line.startsWith('latchkey-session='));
  expect(set.filter((line) => !/^latchkey-session=;/.test(line))).toEqual([]);
});
