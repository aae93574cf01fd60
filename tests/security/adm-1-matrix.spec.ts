import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { admin, signsInPlainly } from '../e2e/admins';
import { type OwnApp, startApp } from '../e2e/own-app';
import { fingerprint, person, query, settled } from '../e2e/own-people';
import { expect, test } from '../e2e/test';
import { PlainBrowser } from '../support/plain-browser';
import { type RawAnswer, rawRequest } from '../support/raw-request';

// ADM-1: every page, route and action under /admin, asked for by everybody who is no admin past the second step, in every
// way that Next answers to. Nothing is shown, and nothing changes.

const ana = { email: 'ana-the-canary@latchkey.test', phone: '+12025550187', password: 'a first password' };
const bo = { email: 'bo@latchkey.test', password: 'another password' };
let app: OwnApp;
/** What stands in the place of a path's `[id]` and `[kind]`. */
let known: Record<string, string>;

const roles = ['anonymous', 'user', 'admin past the password only', 'admin without a second factor'] as const;
type Role = (typeof roles)[number];

const files = readdirSync(join('app', 'admin'), { recursive: true, encoding: 'utf8' });
const pathOf = (file: string): string => join('/admin', file.replace(/\/?(page\.tsx|route\.tsx?)$/, ''));
const filled = (path: string): string =>
  path.replace(/\/([a-z]+)\/\[(\w+)\]/, (_, of: string, name: string) => {
    const value = known[of];
    if (!value) throw new Error(`what stands for [${name}] of ${path}?`);
    return `/${of}/${value}`;
  });
const pages = files.filter((file) => /(^|\/)page\.tsx$/.test(file)).map(pathOf);
const routes = files.filter((file) => /(^|\/)route\.tsx?$/.test(file)).map(pathOf);

type Action = { id: string; name: string; page: string };
type Manifest = Record<'node', Record<string, { filename: string; exportedName: string; workers: object }>>;

/** Every server action of the admin area, by the build's own list, whose order is another after each build. */
const actions = (): Action[] => {
  const list: Manifest = JSON.parse(readFileSync(join('.next', 'server', 'server-reference-manifest.json'), 'utf8'));
  return Object.entries(list.node)
    .filter(([, { filename }]) => filename.startsWith('app/admin/'))
    .map(([id, { exportedName: name, workers }]) => {
      const page = Object.keys(workers).find((worker) => worker.startsWith('app/admin'));
      return { id, name, page: `/${(page ?? '').replace(/^app\//, '').replace(/\/page$/, '')}` };
    })
    .sort((a, b) => a.name.localeCompare(b.name));
};

test.beforeAll(async () => {
  app = await startApp({ env: { LATCHKEY_DEMO: '1' } });
  await person(app, ana.email, ana.password, ana.phone);
  await person(app, bo.email, bo.password);
  const [row] = await query<{ id: string }>(app, `SELECT id FROM "User" WHERE email = '${ana.email}'`);
  const [sent] = await query<{ id: string }>(
    app,
    `INSERT INTO "Delivery" (kind, channel, status, claims, "userId", "queuedAt", "recipientMasked", "errorClass", "errorCode")
     VALUES ('password_changed', 'email', 'failed', 0, '${row?.id}', now(), 'ana-the-canary', 'account', 'canary-535') RETURNING id`,
  );
  await query(
    app,
    `INSERT INTO "Counter" (key, most, "windowMs", hits, passed, "expiresAt")
     VALUES ('send-pair:canary', 1, 3600000, ARRAY[now()], false, now() + interval '1 hour')`,
  );
  await query(
    app,
    `INSERT INTO "Transport" (name, failures, openings, "openUntil") VALUES ('inbox-sms', 3, 1, now() + interval '5 minutes')
     ON CONFLICT (name) DO UPDATE SET failures = 3, openings = 1, "openUntil" = EXCLUDED."openUntil"`,
  );
  known = { users: row?.id ?? '', deliveries: sent?.id ?? '', messages: 'code' };
});
test.afterAll(() => app?.stop());

/** A browser, as far in as this role gets. */
async function browserOf(role: Role): Promise<PlainBrowser> {
  const browser = new PlainBrowser(app.base);
  if (role === 'anonymous') return browser;
  if (role === 'admin past the password only') {
    await signsInPlainly(browser, app, { past: 'password' });
    return browser;
  }
  const signIn = await browser.form('/sign-in', 'name="password"');
  await signIn.post([
    ['email', bo.email],
    ['password', bo.password],
  ]);
  // Somebody who wrote SQL: an admin whose session never saw a second step.
  const adminNow = role === 'admin without a second factor';
  await query(app, `UPDATE "User" SET role = '${adminNow ? 'admin' : 'user'}' WHERE email = '${bo.email}'`);
  return browser;
}

/** Where a page sends each of them; null: nowhere, it is not there. */
const leads: Record<Role, RegExp | null> = {
  anonymous: /^\/sign-in\?next=/,
  user: null,
  'admin past the password only': /^\/sign-in\?next=/,
  'admin without a second factor': /^\/sign-in\/second-step\?next=/,
};

const cookieOf = (browser: PlainBrowser): string =>
  [...browser.cookies].map(([name, value]) => `${name}=${value}`).join('; ');

function showsNothing({ body, headers }: RawAnswer, of: string): void {
  const all = body + JSON.stringify(headers);
  for (const canary of ['ana-the-canary', ana.phone, '%2B12025550187', 'canary-535'])
    expect(all, of).not.toContain(canary);
}

const disguises: Record<string, string>[] = [
  {},
  { rsc: '1' },
  { rsc: '1', 'next-router-prefetch': '1' },
  { rsc: '1', 'next-router-prefetch': '1', 'next-router-segment-prefetch': '/_tree' },
  { 'x-middleware-subrequest': 'proxy:proxy:proxy:proxy:proxy' },
];

/** Next wants its router's requests under an address of their own, and leads there itself. */
async function asks(browser: PlainBrowser, path: string, own: Record<string, string>): Promise<RawAnswer> {
  const headers = { cookie: cookieOf(browser), 'x-forwarded-for': '203.0.113.9', ...own };
  const answer = await rawRequest(app.base, { path, headers });
  const to = answer.headers.location ?? '';
  return to.startsWith(`${path}?_rsc`) ? rawRequest(app.base, { path: to, headers }) : answer;
}

/** What any of the actions looks for, so that each of them would do something, were it let. */
const fieldsFor = (id: string): Record<string, string> => ({
  ...{ id, role: 'admin', search: ana.email, address: ana.email, transport: 'inbox-sms' },
  ...{ policy: 'send-pair', most: '6', version: '0', country: '*', key: 'send-pair:canary' },
  ...{ kind: 'guessing', channel: 'email', seen: '0', again: '0', act: 'save' },
  ...{ subject: 'Of {app}', body: 'Of {app}, at {when}.' },
});

/** One action, as a script calls it, with and without a former state, and as a plain form does. */
async function replays(browser: PlainBrowser, { id, page }: Action): Promise<RawAnswer[]> {
  const answers: RawAnswer[] = [];
  for (const about of [known.users ?? '', known.deliveries ?? ''])
    for (const args of ['["$K1"]', '[{"turn":0},"$K1"]', null]) {
      const form = new FormData();
      for (const [name, value] of Object.entries(fieldsFor(about))) form.append(args ? `1_${name}` : name, value);
      form.append(args ? '0' : `$ACTION_ID_${id}`, args ?? '');
      const encoded = new Response(form);
      const headers = {
        'content-type': encoded.headers.get('content-type') ?? '',
        origin: app.base,
        cookie: cookieOf(browser),
        'x-forwarded-for': '203.0.113.9',
        ...(args ? { 'next-action': id, accept: 'text/x-component' } : {}),
      };
      const body = new Uint8Array(await encoded.arrayBuffer());
      answers.push(await rawRequest(app.base, { method: 'POST', path: filled(page), headers, body }));
    }
  return answers;
}

for (const role of roles)
  test(`ADM-1: ${role}: no page, no route and no action of the admin area`, async () => {
    const browser = await browserOf(role);
    const before = await settled(app);
    for (const headers of disguises) {
      for (const path of pages.map(filled).flatMap((path) => [path, `${path}.rsc`])) {
        const answer = await asks(browser, path, headers);
        const of = `${path} ${JSON.stringify(headers)}`;
        showsNothing(answer, of);
        // A prefetch is told of the frame alone.
        if (path.endsWith('.rsc') || 'next-router-prefetch' in headers) continue;
        // What Next streams to its router says so inside.
        const to = answer.headers.location ?? /NEXT_REDIRECT;\w+;([^;]+);/.exec(answer.body)?.[1] ?? null;
        const lead = leads[role];
        if (lead) expect(to?.replace(app.base, ''), of).toMatch(lead);
        else expect(`${answer.status} ${answer.body}`, of).toMatch(/^404|NEXT_HTTP_ERROR_FALLBACK;404/);
      }
      for (const path of routes.map(filled)) {
        const answer = await asks(browser, path, headers);
        showsNothing(answer, path);
        expect(answer.status, path).toBe(leads[role]?.test('/sign-in?next=') ? 401 : 404);
      }
    }
    for (const action of actions())
      for (const answer of await replays(browser, action)) {
        showsNothing(answer, action.name);
        expect(answer.status, action.name).toBeLessThan(500);
      }
    expect(await fingerprint(app)).toBe(before);
  });

test('an admin past the second step: each page and route is there, or the tests above prove nothing', async () => {
  const browser = new PlainBrowser(app.base);
  await signsInPlainly(browser, app, { past: 'second step' });
  for (const path of [...pages, ...routes].map(filled)) expect((await browser.get(path)).status, path).toBe(200);
  const { body } = await browser.get(filled('/admin/users/[id]'));
  expect(body).toContain(ana.email);
  expect(actions().length).toBeGreaterThan(10);
  test.setTimeout(180_000);
  // Twice, because some can only be done once another was.
  const idle = new Set(actions().map(({ name }) => name));
  for (const action of [...actions(), ...actions()]) {
    const before = await settled(app);
    for (const answer of await replays(browser, action)) expect(answer.status, action.name).toBeLessThan(500);
    if ((await settled(app)) !== before) idle.delete(action.name);
  }
  // Searches change nothing, there is no webhook to test and no version to go back to. The last three take a former state
  // before their form, which nothing here brings as React does: tests/e2e/admin-messages and -settings show that they act.
  expect([...idle].sort()).toEqual(
    [
      ...['searchAction', 'searchAuditAction', 'searchBlockedAction', 'searchPeopleAction', 'testAlertAction'],
      ...['restoreAction', 'sendTestAction', 'testMessageAction', 'wordingAction'],
    ].sort(),
  );
  await query(app, `UPDATE "User" SET role = 'user' WHERE email IN ('${admin.email}', '${bo.email}')`);
  // Demoted, it acts on the next request (ADM-2).
  for (const path of pages.map(filled)) expect((await browser.get(path)).status, path).toBe(404);
});
