import { PlainBrowser } from '../support/plain-browser';
import { codeAskedFor, passwordTaken } from './notice';
import { type OwnApp, startApp } from './own-app';
import { fingerprint, person, query, settled } from './own-people';
import { expect, test } from './test';

// Links that are good for nothing: one clear sentence, and no row changes (FLO-6).

const bo = 'bo@latchkey.test';
const dead = 'This link does not work any more';
let app: OwnApp;

test.beforeAll(async () => {
  app = await startApp({ env: { LATCHKEY_DEMO: '1' } });
});
test.afterAll(() => app?.stop());
test.setTimeout(60_000);
test.beforeEach(async () => {
  await query(app, 'TRUNCATE "User", "InboxMessage" CASCADE');
  await person(app, bo, 'a first password', '+12025550172');
});

/** The page of a live link, taken apart: what its form posts, with another token in it. */
async function pressing(link: string) {
  const browser = new PlainBrowser(app.base);
  const { hidden, post } = await browser.form(link, 'name="token"');
  const rest = hidden.filter(([name]) => name !== 'token');
  return { rest, post, browser };
}

test('garbled, missing, repeated or a file', async () => {
  const link = await passwordTaken(app, bo, 'not mine at all');
  const token = link.split('token=')[1] ?? '';
  const { rest, post } = await pressing(link);
  const before = await settled(app);
  const tokens: (readonly (readonly [string, string | Blob])[])[] = [
    [],
    [['token', '']],
    [['token', token.toUpperCase()]],
    [['token', `${token}A`]],
    [['token', 'x'.repeat(100_000)]],
    [['token', new Blob([token])]],
    [['token[]', token]],
    [
      ['token', token],
      ['token', token],
    ],
    [['token', `${token}\u0000`]],
  ];
  for (const fields of tokens) {
    const answer = await post(fields, rest);
    expect({ fields, status: answer.status, to: answer.location }).toEqual({ fields, status: 303, to: '/not-me' });
  }
  for (const query of ['', '?token=', `?token=${token}&token=${token}`, `?token=${token}%00`, `?token[]=${token}`]) {
    const answer = await new PlainBrowser(app.base).get(`/not-me${query}`);
    expect({ query, status: answer.status, dead: answer.body.includes(dead) }).toEqual({
      query,
      status: 200,
      dead: true,
    });
  }
  expect(await fingerprint(app)).toBe(before);
});

test('used, expired, or of a password that was changed since', async () => {
  const close = await codeAskedFor(app, bo);
  const dispute = await passwordTaken(app, bo, 'not mine at all');
  const live = [await pressing(close), await pressing(dispute)];
  const ways = [
    `UPDATE "ActionToken" SET "usedAt" = now() - interval '1 minute'`,
    `UPDATE "ActionToken" SET "usedAt" = NULL, "expiresAt" = now() - interval '1 second'`,
    `UPDATE "ActionToken" SET "expiresAt" = now() + interval '1 day', "usedAt" = CASE kind WHEN 'close_challenge' THEN
      now() - interval '1 minute' END, "passwordVersion" = "passwordVersion" - 1`,
  ];
  for (const way of ways) {
    await query(app, way);
    const before = await settled(app);
    for (const [index, link] of [close, dispute].entries()) {
      const page = await new PlainBrowser(app.base).get(link);
      expect([page.status, page.body.includes(dead)]).toEqual([200, true]);
      expect(page.body).not.toContain('name="token"');
      const { post, browser } = live[index] ?? (await pressing(link));
      const answer = await post([]);
      expect([answer.status, answer.location]).toEqual([303, '/not-me']);
      expect((await browser.get('/not-me')).body).toContain(dead);
    }
    expect(await fingerprint(app)).toBe(before);
  }
});

test('nobody may keep the page, and nothing but this site is told its address', async () => {
  const link = await codeAskedFor(app, bo);
  const answer = await fetch(`${app.base}${link}`);
  expect(answer.headers.get('cache-control')).toContain('no-store');
  const html = await answer.text();
  expect(html).toContain('<meta name="referrer" content="same-origin"/>');
  const token = link.split('token=')[1] ?? '';
  // In the hidden field, and where the framework repeats the page's own address: in no link and in no other address.
  expect(html).toContain(`name="token" value="${token}"`);
  expect(html).not.toMatch(new RegExp(`(href|src|action)="[^"]*${token}`));
});

test('of two browsers at once, one acts and the other is told the same', async () => {
  const link = await passwordTaken(app, bo, 'not mine at all');
  const [one, two] = [await pressing(link), await pressing(link)];
  const answers = await Promise.all([one.post([]), two.post([])]);
  expect(answers.map(({ location }) => location)).toEqual(['/forgot-password/verify', '/forgot-password/verify']);
  const [row] = await query<{ version: number }>(app, `SELECT "passwordVersion" AS version FROM "User"`);
  expect(row?.version).toBe(2);
  expect(await query(app, `SELECT FROM "AuditEvent" WHERE type = 'password_disputed'`)).toHaveLength(1);
});
