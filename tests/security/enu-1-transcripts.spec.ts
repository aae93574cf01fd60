import { type OwnApp, startApp } from '../e2e/own-app';
import { query, settled } from '../e2e/own-people';
import { expect, test } from '../e2e/test';
import type { PlainBrowser } from '../support/plain-browser';
import { asks, browserOf, known, others, peopleWhoMustLookAlike, usedUp } from './alike';
import { difference, faceOf } from './faces';

// ENU-1: all that the server says to a browser on the whole way, byte by byte: status, headers, cookies, redirects,
// documents, the data for scripts, the status. The same for somebody known as for everybody else.

let app: OwnApp;
test.beforeAll(async () => {
  test.setTimeout(60_000);
  app = await startApp({ env: { LATCHKEY_DEMO: '1' } });
  await peopleWhoMustLookAlike(app);
});
test.afterAll(() => app?.stop());
test.setTimeout(90_000);

const verify = '/forgot-password/verify';

/** A person's newest challenge grows older by so many seconds. */
const ages = (seconds: number) => {
  const older = (column: string) => `"${column}" = "${column}" - interval '${seconds} s'`;
  const columns = ['emailRequestedAt', 'smsRequestedAt', 'expiresAt'].map(older);
  return query(
    app,
    `UPDATE "Challenge" SET ${columns} WHERE id = (SELECT id FROM "Challenge" ORDER BY "createdAt" DESC LIMIT 1)`,
  );
};

/** Every answer on a way on which everything happens but the right code. */
async function walk(browser: PlainBrowser, email: string, channel: 'email' | 'sms'): Promise<string[]> {
  await asks(browser, email, channel);
  const code = await browser.form(verify, 'name="code"');
  const resend = await browser.form(verify, 'Resend code');
  const change = await browser.form(verify, channel === 'email' ? 'Use text message instead' : 'Use email instead');
  const looks = async () => {
    await browser.get(verify);
    await browser.get('/api/forgot-password/status');
  };
  await looks();
  await resend.post([]);
  await change.post([]);
  await looks();
  await code.post([['code', 'abc']]);
  for (const guess of ['000000', '1234567', '87654321']) await code.post([['code', guess]]);
  await ages(31);
  await resend.post([]);
  await looks();
  // Under three minutes of life: a successor, with the tries that were left.
  await ages(450);
  await change.post([]);
  await looks();
  for (let guess = 0; guess < 3; guess += 1) await code.post([['code', '000000']]);
  await looks();
  await ages(31);
  await resend.post([]);
  await change.post([]);
  await ages(600);
  await code.post([['code', '000000']]);
  for (const path of ['', '/method', '/new-password', '/done', '/verify']) await browser.get(`/forgot-password${path}`);
  return browser.heard.map((heard) => faceOf(heard, email));
}

/** Each of them was what it is called, or nothing was compared. */
async function wereWhatTheyAreCalled(): Promise<void> {
  await settled(app);
  const rows = await query<{ to: string; codes: string[] }>(
    app,
    `SELECT "to", array_agg(substring(text FROM '\\m\\d{6,20}\\M') ORDER BY at) AS codes FROM "InboxMessage" GROUP BY "to"`,
  );
  const codesTo = (email: string) => rows.find(({ to }) => to === email)?.codes ?? [];
  for (const email of [known, others.phoneless]) expect(codesTo(email).length, email).toBeGreaterThan(1);
  // What came before the budget was used up, and not one more.
  for (const email of [usedUp.owned, others['known, its sends from this network used up']])
    expect(codesTo(email), email).toHaveLength(1);
  expect(codesTo(others['known, guessed at']).filter((code) => code.length > 6).length).toBeGreaterThan(1);
  const owned = [
    known,
    usedUp.owned,
    others.phoneless,
    ...Object.values(others).filter((email) => /^(pair|guess)0/.test(email)),
  ];
  expect(
    rows
      .map(({ to }) => to)
      .filter((to) => !to.startsWith('+'))
      .sort(),
  ).toEqual(owned.sort());
}

for (const channel of ['email', 'sms'] as const)
  test(`ENU-1: everybody walks the same way, asked by ${channel}`, async () => {
    const face = await walk(browserOf(app, known), known, channel);
    expect(face.length).toBeGreaterThan(30);
    const told = face.join('\n');
    for (const sentence of ['4 tries left', 'on its way again', 'Wait SOME', 'no tries left', 'has expired'])
      expect(told.includes(sentence), sentence).toBe(true);
    for (const [who, email] of Object.entries(others))
      expect.soft(difference(face, await walk(browserOf(app, email), email, channel)), who).toBeNull();
    await wereWhatTheyAreCalled();
  });

for (const channel of ['email', 'sms'] as const)
  test(`ENU-8: with its budget used up, an address with an account and one without are asked for the same work, by ${channel}`, async () => {
    const faces = [];
    for (const email of [usedUp.owned, usedUp.unowned]) {
      const browser = browserOf(app, email);
      await asks(browser, email, channel);
      expect(browser.heard.at(-1)?.body).toMatch(/name="proof" value="[^"]+"/);
      faces.push(browser.heard.map((heard) => faceOf(heard, email)));
    }
    expect(difference(faces[0] ?? [], faces[1] ?? [])).toBeNull();
  });

test('signing in with a wrong password looks alike too', async () => {
  const faces = [];
  for (const email of [known, others.unknown, others.disabled]) {
    const browser = browserOf(app, email);
    const { post } = await browser.form('/sign-in', 'name="password"');
    for (let failure = 0; failure < 7; failure += 1)
      await post([
        ['email', email],
        ['password', 'not this one'],
      ]);
    faces.push(browser.heard.map((heard) => faceOf(heard, email)));
  }
  const [face = [], ...rest] = faces;
  expect(face.at(-1)).toContain('is not right');
  expect(rest.map((other) => difference(face, other))).toEqual([null, null]);
});
