import { readdirSync } from 'node:fs';
import { type OwnApp, startApp } from '../e2e/own-app';
import { expect, test } from '../e2e/test';
import { type Line, lineToPostgres } from '../support/line-to-postgres';
import { PlainBrowser } from '../support/plain-browser';
import { type RawAnswer, rawRequest } from '../support/raw-request';
import { secret } from '../support/standalone';

// WEB-3: what every response carries, whoever makes it: a page, a refusal, a file, Next itself.

let app: OwnApp;
let line: Line;
test.beforeAll(async () => {
  line = await lineToPostgres();
  app = await startApp({ env: { LATCHKEY_DEMO: '1', CRON_SECRET: secret() }, databasePort: line.port });
});
test.afterAll(async () => {
  await app?.stop();
  line?.close();
});

const everywhere = {
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'referrer-policy': 'same-origin',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy': expect.stringMatching(
    /camera=\(\).*geolocation=\(\).*microphone=\(\).*otp-credentials=\(self\)/,
  ),
};
const closed = "default-src 'none'; base-uri 'none'; frame-ancestors 'none'";
const page =
  /^default-src 'self'; script-src 'nonce-([A-Za-z0-9+/]{22}==)' 'strict-dynamic'; style-src 'self'; .*frame-ancestors 'none'$/;

function carriesAll(what: string, { status, headers }: RawAnswer, expected: number): void {
  expect({ what, status, headers }).toEqual({ what, status: expected, headers: expect.objectContaining(everywhere) });
  expect([what, headers['x-powered-by'], headers.server, headers['strict-transport-security']]).toEqual(
    [what].concat(Array(3)),
  );
}

const built = (end: string): string => {
  const file = readdirSync('.next/standalone/.next/static', { recursive: true, encoding: 'utf8' }).find((name) =>
    name.endsWith(end),
  );
  return `/_next/static/${file}`;
};

test('what is no page: files, route handlers, refusals and redirects', async () => {
  const origin = { origin: app.base };
  const kinds: [path: string, status: number, method?: string, headers?: Record<string, string>][] = [
    ['/icon.svg', 200],
    ['/api/health', 200],
    ['/api/ready', 200],
    ['/api/forgot-password/status', 401],
    ['/api/cron/dispatch', 401],
    ['/api/cron/dispatch', 405, 'POST'],
    ['/api/webhooks/twilio', 404, 'POST'],
    ['/api/no-such-thing', 404],
    ['/api/auth/csrf', 200],
    ['/api/auth/signin', 302],
    ['/dev/inbox/messages', 200],
    ['/dev/inbox/messages?to=a&to=b', 400],
    ['/sign-in', 421, 'GET', { host: 'evil.test' }],
    ['/api/forgot-password/status', 421, 'GET', { host: 'evil.test' }],
    ['/sign-in', 403, 'POST', { origin: 'null' }],
    ['/api/auth/signout', 403, 'POST'],
    ['/api/auth/signout', 302, 'POST', { ...origin, 'content-type': 'application/x-www-form-urlencoded' }],
    ['//sign-in', 308],
    ['/sign-in/', 308],
  ];
  for (const [path, status, method = 'GET', headers = {}] of kinds) {
    const answer = await rawRequest(app.base, { path, method, headers });
    carriesAll(`${method} ${path}`, answer, status);
    expect([path, answer.headers['content-security-policy']]).toEqual([path, closed]);
  }
  // A built script may be a worker's, whose own file says what it may load.
  for (const [path, status] of [
    [built('.js'), 200],
    [built('.css'), 200],
    [built('.woff2'), 200],
    ['/_next/static/no-such-file.js', 404],
  ] as const) {
    const answer = await rawRequest(app.base, { path });
    carriesAll(path, answer, status);
    expect(answer.headers['content-security-policy']).toBe(`${closed}; script-src 'self'; connect-src 'self'`);
  }
});

test('WEB-4: pages, whatever their status and however they are asked for, have a nonce of their own', async () => {
  const form = await new PlainBrowser(app.base).form('/forgot-password', 'name="email"');
  expect(form.hidden.length).toBeGreaterThan(0);
  const rsc = { rsc: '1' };
  const { location = '' } = (await rawRequest(app.base, { path: '/sign-in', headers: rsc })).headers;
  const kinds: [path: string, status: number, headers?: Record<string, string>][] = [
    ...['/', '/', '/sign-in', '/forgot-password', '/not-me', '/not-me?token=x'].map((path): [string, number] => [
      path,
      200,
    ]),
    ...['/no-such-page', '/no-such-page.js', '/_not-found', '/api', '/%E0%A4%A'].map((path): [string, number] => [
      path,
      404,
    ]),
    ['/account', 307],
    ['/forgot-password/done', 307],
    [location, 200, rsc],
  ];
  const nonces = new Set<string>();
  const asked = async (path: string, status: number, headers: Record<string, string> = {}) => {
    const answer = await rawRequest(app.base, { path, headers });
    carriesAll(path, answer, status);
    const policy = String(answer.headers['content-security-policy']);
    const [, nonce = ''] = page.exec(policy) ?? [];
    expect([path, policy]).toEqual([path, expect.stringMatching(page)]);
    // Every script that runs says the nonce; what is only data for others is no script.
    for (const tag of answer.body.match(/<script\b[^>]*>/g) ?? [])
      expect([path, tag]).toEqual([path, expect.stringContaining(`nonce="${nonce}"`)]);
    if (answer.headers['content-type']?.startsWith('text/html') && status !== 307)
      expect([path, answer.body.includes('<script')]).toEqual([path, true]);
    nonces.add(nonce);
  };
  for (const kind of kinds) await asked(...kind);
  line.cut();
  await asked(`/not-me?token=${'x'.repeat(43)}`, 500);
  // An answer is good for a second.
  await expect.poll(async () => (await rawRequest(app.base, { path: '/api/ready' })).status).toBe(503);
  carriesAll('not ready', await rawRequest(app.base, { path: '/api/ready' }), 503);
  line.mend();
  expect(nonces.size).toBe(kinds.length + 1);
});

test('WEB-3: a form’s answer, as a redirect and as a page', async () => {
  const browser = new PlainBrowser(app.base);
  const { hidden } = await browser.form('/forgot-password', 'name="email"');
  const cookie = [...browser.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
  for (const [email, status] of [
    ['ana@latchkey.test', 303],
    ['not an address', 200],
  ] as const) {
    const data = new FormData();
    for (const [name, value] of [...hidden, ['email', email] as const]) data.append(name, value);
    const sent = new Response(data);
    const type = sent.headers.get('content-type') ?? '';
    const answer = await rawRequest(app.base, {
      method: 'POST',
      path: '/forgot-password',
      headers: { 'content-type': type, origin: app.base, cookie },
      body: new Uint8Array(await sent.arrayBuffer()),
    });
    carriesAll(email, answer, status);
    expect(answer.headers['content-security-policy']).toMatch(page);
  }
});

test('WEB-4: nothing that people open was rendered at the build, where there is no nonce', async () => {
  const { routes } = JSON.parse(await readManifest());
  // The last resort of Next itself, which a page's own policy leaves without scripts, and the icon.
  expect(Object.keys(routes).sort()).toEqual(['/_global-error', '/icon.svg']);
});

const readManifest = async (): Promise<string> =>
  (await import('node:fs/promises')).readFile('.next/prerender-manifest.json', 'utf8');
