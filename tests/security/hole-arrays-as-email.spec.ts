import { expect, test } from '../e2e/test';
import { PlainBrowser } from '../support/plain-browser';
import { rawRequest } from '../support/raw-request';
import { cookieLine } from './shapes';

// GitLab CVE-2023-7028: the address was a list, the account of its first was found, and both got the mail. Every shape
// that any field can be sent as: tests/e2e/bad-input.with-javascript.spec.ts.

const ana = { email: 'ana@latchkey.test', phone: '+12025550123' };
const eve = 'eve@latchkey.test';
type Message = { id: string; to: string };

const lists: Record<string, readonly (readonly [string, string | Blob])[]> = {
  'the field twice': [
    ['email', ana.email],
    ['email', eve],
  ],
  'the field twice, hers last': [
    ['email', eve],
    ['email', ana.email],
  ],
  brackets: [
    ['email[]', ana.email],
    ['email[]', eve],
  ],
  indices: [
    ['email[0]', ana.email],
    ['email[1]', eve],
  ],
  'a key': [
    ['email[to]', ana.email],
    ['email.cc', eve],
  ],
  'JSON in the field': [['email', JSON.stringify([ana.email, eve])]],
  'an object in the field': [['email', JSON.stringify({ email: ana.email, cc: eve })]],
  'a file': [['email', new Blob([ana.email])]],
  commas: [['email', `${ana.email},${eve}`]],
  lines: [['email', `${ana.email}\n${eve}`]],
};

test('a list of addresses is no address, at the first step and at the sign-in', async ({ baseURL }) => {
  const base = baseURL ?? '';
  for (const [path, more] of [
    ['/forgot-password', []],
    ['/sign-in', [['password', 'not this one']]],
  ] as const) {
    const browser = new PlainBrowser(base);
    const form = await browser.form(path, 'name="email"');
    for (const [what, fields] of Object.entries(lists)) {
      const { status, location, errors, body } = await form.post([...fields, ...more]);
      expect([path, what, status, location]).toEqual([path, what, 200, null]);
      // The sign-in says of a strange address what it says of a wrong one.
      expect([what, errors.email ?? /is not right/.exec(body)?.[0]]).toEqual([what, expect.stringMatching(/\w/)]);
    }
    expect([...browser.cookies.keys()].filter((name) => /flow|session/.test(name))).toEqual([]);
  }
});

test('an action that is called with lists and objects in place of its form is refused', async ({ baseURL }) => {
  const base = baseURL ?? '';
  const browser = new PlainBrowser(base);
  const { hidden } = await browser.form('/forgot-password', 'name="email"');
  const id = hidden.map(([, value]) => /"id":"([\da-f]{40,})"/.exec(String(value))?.[1]).find(Boolean) ?? '';
  expect(id).not.toBe('');
  for (const sent of [
    [{ turn: 0 }, { email: [ana.email, eve] }],
    [{ turn: 0 }, [['email', ana.email]]],
    [{ turn: 0 }, { email: ana.email, get: null, getAll: [ana.email] }],
    [{ turn: 0, values: { email: ana.email } }, null],
    [[ana.email, eve]],
  ]) {
    const answer = await rawRequest(base, {
      method: 'POST',
      path: '/forgot-password',
      headers: { origin: base, 'next-action': id, 'content-type': 'text/plain;charset=UTF-8', accept: '*/*' },
      body: JSON.stringify(sent),
    });
    expect(answer.status).toBe(200);
    expect(answer.body).toContain('That does not look like an email address.');
    expect(answer.headers['set-cookie']).toBeUndefined();
  }
});

test('whoever is named beside the flow’s own address gets nothing: messages go where the database says', async ({
  baseURL,
  request,
}) => {
  const inbox = async (): Promise<Message[]> => (await request.get('/dev/inbox/messages')).json();
  const before = new Set((await inbox()).map(({ id }) => id));
  const browser = new PlainBrowser(baseURL ?? '');
  const others = ['email', 'email[]', 'to', 'cc', 'recipient', 'phone', 'userId'].map((name) => [name, eve] as const);
  await (await browser.form('/forgot-password', 'name="email"')).post([['email', ana.email], ...others.slice(1)]);
  const method = await browser.form(`/forgot-password/method?email=${eve}`, 'name="channel"');
  expect((await method.post([['channel', 'email'], ...others])).location).toBe('/forgot-password/verify');
  await (await browser.form('/forgot-password/verify', 'Use text message')).post(others);
  const fresh = async () => (await inbox()).filter(({ id }) => !before.has(id)).map(({ to }) => to);
  await expect.poll(async () => (await fresh()).sort()).toEqual([ana.phone, ana.email]);
  expect(cookieLine(browser.cookies)).not.toBe('');
});
