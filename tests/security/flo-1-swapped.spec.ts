import { type OwnApp, startApp } from '../e2e/own-app';
import { fingerprint, person, query, settled } from '../e2e/own-people';
import { reaches } from '../e2e/plain-story';
import { expect, test } from '../e2e/test';
import { PlainBrowser } from '../support/plain-browser';

// FLO-1 over HTTP: tags, cookies and identifiers of somebody else’s, at each step. What no seal would let anybody
// write is in flo-1-swapped.test.ts.

const [bo, cy] = ['bo@latchkey.test', 'cy@latchkey.test'];
let app: OwnApp;
test.beforeAll(async () => {
  app = await startApp({ env: { LATCHKEY_DEMO: '1' } });
  for (const email of [bo, cy]) await person(app, email, 'a first password');
});
test.afterAll(() => app?.stop());

const steps = [
  ['method', '/forgot-password/method', 'name="channel"', [['channel', 'email']]],
  ['verify', '/forgot-password/verify', 'name="code"', [['code', '000000']]],
  ['verify', '/forgot-password/verify', 'Resend code', []],
  ['verify', '/forgot-password/verify', 'Use text message instead', []],
  [
    'new-password',
    '/forgot-password/new-password',
    'name="password"',
    [
      ['password', 'brass otter lantern'],
      ['confirmPassword', 'brass otter lantern'],
    ],
  ],
] as const;

for (const [step, path, holds, fields] of steps)
  test(`FLO-1: ${path}, ${holds}: a form without its flow, with a foreign one or with two changes nothing and says why`, async () => {
    const [browser, other] = [new PlainBrowser(app.base), new PlainBrowser(app.base)];
    await reaches(app, other, cy, step);
    await reaches(app, browser, bo, step);
    const theirs = (await other.form(path, holds)).hidden.filter(([name]) => name === 'flow');
    const { hidden, post } = await browser.form(path, holds);
    const own = hidden.filter(([name]) => name === 'flow');
    const rest = hidden.filter(([name]) => name !== 'flow');
    const before = await settled(app);
    for (const tags of [[], [['flow', 'AAAAAAAAAAAA']], theirs, [...own, ...theirs], [...own, ...own]] as const) {
      const answer = await post(fields, [...tags, ...rest]);
      expect(answer.location).toBe(`${path}?note=other-tab`);
    }
    expect(await fingerprint(app)).toBe(before);
    // The same form with the other browser’s cookie is the other flow’s, and its tag is not.
    const stolen = [...other.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const answer = await post(fields, hidden, { origin: app.base, cookie: stolen });
    expect(answer.location).toBe(`${path}?note=other-tab`);
    expect(await fingerprint(app)).toBe(before);
  });

test('FLO-1: no step trusts an address, a user or a challenge from the body', async () => {
  await reaches(app, new PlainBrowser(app.base), cy, 'verify');
  const [cys] = await query<{ id: string }>(app, `SELECT id FROM "User" WHERE email = '${cy}'`);
  const [theirs] = await query<{ id: string }>(app, `SELECT id FROM "Challenge" WHERE "userId" = '${cys?.id}'`);
  expect(theirs?.id).toMatch(/^[\w-]{22}$/);
  const foreign = [
    ...['email', 'identifier', 'to', 'recipient', 'username'].map((name) => [name, cy] as const),
    ...['userId', 'user', 'id', 'subjectId'].map((name) => [name, cys?.id ?? ''] as const),
    ...['challengeId', 'challenge'].map((name) => [name, theirs?.id ?? ''] as const),
    ...['grant', 'step', 'doneAt', 'purpose'].map((name) => [name, '1'] as const),
  ];
  await query(app, 'TRUNCATE "InboxMessage"');
  const browser = new PlainBrowser(app.base);
  await reaches(app, browser, bo, 'method');
  const method = await browser.form('/forgot-password/method', 'name="channel"');
  expect((await method.post([['channel', 'email'], ...foreign])).location).toBe('/forgot-password/verify');
  await settled(app);
  const sent = await query<{ to: string; text: string }>(app, 'SELECT "to", text FROM "InboxMessage"');
  expect(sent.map(({ to }) => to)).toEqual([bo]);
  const code = /\b\d{6,20}\b/.exec(sent[0]?.text ?? '')?.[0] ?? '';
  const before = await query(app, `SELECT * FROM "User" WHERE email = '${cy}'`);
  const verify = await browser.form('/forgot-password/verify', 'name="code"');
  expect((await verify.post([['code', code], ...foreign])).location).toBe('/forgot-password/new-password');
  const choose = await browser.form('/forgot-password/new-password', 'name="password"');
  const answer = await choose.post([
    ['password', 'velvet crane harbour'],
    ['confirmPassword', 'velvet crane harbour'],
    ...foreign,
  ]);
  expect(answer.location).toBe('/forgot-password/done');
  expect(await query(app, `SELECT * FROM "User" WHERE email = '${cy}'`)).toEqual(before);
});
