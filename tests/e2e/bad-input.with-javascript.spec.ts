import { type Answer, PlainBrowser } from '../support/plain-browser';
import { type OwnApp, startApp } from './own-app';
import { fingerprint, person } from './own-people';
import { reaches } from './plain-story';
import { expect, test } from './test';

// What no form lets a person type, posted at every action. Nothing changes, and the sentence is at its field.

const bo = 'bo@latchkey.test';
const firstPassword = 'a first password';
let app: OwnApp;

test.beforeAll(async () => {
  app = await startApp({ env: { LATCHKEY_DEMO: '1' } });
  await person(app, bo, firstPassword);
});
test.afterAll(() => app?.stop());

type Hostile = readonly [what: string, fields: readonly (readonly [string, string | Blob])[]];

/** Everything that one field can be sent as, whatever the field. */
const shapes = (name: string): Hostile[] => [
  ['nothing', []],
  ['empty', [[name, '']]],
  ['spaces', [[name, ' \t ']]],
  ['100 kB', [[name, 'x'.repeat(100_000)]]],
  ['a file', [[name, new Blob(['x'])]]],
  [
    'twice',
    [
      [name, 'one@example.com'],
      [name, 'two@example.com'],
    ],
  ],
  [
    'as a list',
    [
      [`${name}[]`, 'a'],
      [`${name}[0]`, 'b'],
      [`${name}.length`, '2'],
    ],
  ],
  [
    'with fields that nobody asked for',
    [
      [name, ''],
      ['userId', '1'],
      ['__proto__', 'x'],
      ['constructor', 'y'],
    ],
  ],
  ['with a NUL', [[name, 'a\u0000b']]],
];

/** Every one of them is answered at the field, echoes no secret and changes no row. */
async function refusesAll(
  browser: PlainBrowser,
  form: { path: string; field: string; sentence?: string },
  hostile: readonly Hostile[],
): Promise<void> {
  const { post } = await browser.form(form.path, `name="${form.field}"`);
  await expect(async () => {
    const now = await fingerprint(app);
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(await fingerprint(app)).toBe(now);
  }).toPass();
  const before = await fingerprint(app);
  for (const [what, fields] of hostile) {
    const answer: Answer = await post(fields);
    expect({ what, status: answer.status, sentence: answer.errors[form.sentence ?? form.field] }).toEqual({
      what,
      status: 200,
      sentence: expect.stringMatching(/^[A-Z].+\.$/),
    });
  }
  expect(await fingerprint(app)).toBe(before);
}

test('the address', async () => {
  await refusesAll(new PlainBrowser(app.base), { path: '/forgot-password', field: 'email' }, [
    ...shapes('email'),
    ['a header', [['email', 'bo@latchkey.test\r\nBcc: eve@evil.test']]],
    ['quotes', [['email', '"bo bo"@latchkey.test']]],
    ['full-width signs', [['email', 'bo＠latchkey.test']]],
    ['320 signs', [['email', `${'b'.repeat(306)}@latchkey.test`]]],
    ['two addresses', [['email', 'bo@latchkey.test,eve@evil.test']]],
  ]);
});

test('the address stays in its field; what is no text does not come back as one', async () => {
  const { post } = await new PlainBrowser(app.base).form('/forgot-password', 'name="email"');
  expect((await post([['email', 'bo@']])).body).toMatch(/<input[^>]*name="email"[^>]*value="bo@"/);
  expect((await post([['email', '"><script>alert(1)</script>']])).body).not.toContain('<script>alert(1)');
  expect((await post([['email', new Blob(['x'])]])).body).toMatch(/<input[^>]*name="email"[^>]*value=""/);
});

test('the channel', async () => {
  const browser = new PlainBrowser(app.base);
  await reaches(app, browser, bo, 'method');
  const others: Hostile[] = ['pigeon', 'EMAIL', 'email,sms', 'constructor'].map((value) => [
    value,
    [['channel', value]],
  ]);
  await refusesAll(browser, { path: '/forgot-password/method', field: 'channel' }, [...shapes('channel'), ...others]);
});

test('the code: what is none spends no try', async () => {
  const browser = new PlainBrowser(app.base);
  await reaches(app, browser, bo, 'verify');
  const none = ['abcdef', '12345a', '①②③④⑤⑥', '一二三四五六', '+123456', '1e5000', '12.345', '0x12345'];
  const lengths = [1, 2, 3, 4, 5, 21, 22, 30, 40].map((digits) => '7'.repeat(digits));
  const typed: Hostile[] = [...none, ...lengths].map((value) => [value, [['code', value]]]);
  await refusesAll(browser, { path: '/forgot-password/verify', field: 'code' }, [...shapes('code'), ...typed]);
  const { post } = await browser.form('/forgot-password/verify', 'name="code"');
  expect((await post([['code', '24682468x']])).body).not.toContain('24682468');
});

test('the code: every length from 6 to 20 digits is a guess, so that nobody learns the length', async () => {
  for (const digits of [6, 7, 8, 10, 19, 20]) {
    const browser = new PlainBrowser(app.base);
    await reaches(app, browser, bo, 'verify');
    const { post } = await browser.form('/forgot-password/verify', 'name="code"');
    const { status, errors } = await post([['code', '0'.repeat(digits)]]);
    expect({ status, code: errors.code }).toEqual({ status: 200, code: expect.stringContaining('4 tries left') });
  }
});

test('the password: 7 signs are too few, 8 and 128 will do, 129 are too many, an emoji counts one (PW-1, PW-2)', async () => {
  const browser = new PlainBrowser(app.base);
  await reaches(app, browser, bo, 'new-password');
  const both = (value: string): Hostile => [
    value.slice(0, 12),
    [
      ['password', value],
      ['confirmPassword', value],
    ],
  ];
  const path = '/forgot-password/new-password';
  await refusesAll(browser, { path, field: 'password' }, [
    ...shapes('password'),
    ...['xk9$Qz!', '🦦'.repeat(7), 'x'.repeat(129), '🦦'.repeat(129), 'password', 'Latchkey', bo].map(both),
  ]);
  const differ: Hostile[] = ['another one', 'a good passwordx', ''].map((other) => [
    other,
    [
      ['password', 'a good password'],
      ['confirmPassword', other],
    ],
  ]);
  await refusesAll(browser, { path, field: 'password', sentence: 'confirmPassword' }, differ);
  const { post } = await browser.form(path, 'name="password"');
  expect(
    (
      await post([
        ['password', 'kept-nowhere'],
        ['confirmPassword', 'kept-elsewhere'],
      ])
    ).body,
  ).not.toContain('kept-');
  const emoji = '🦦'.repeat(128);
  expect(
    (
      await post([
        ['password', emoji],
        ['confirmPassword', emoji],
      ])
    ).location,
  ).toBe('/forgot-password/done');
  const again = new PlainBrowser(app.base);
  await reaches(app, again, bo, 'new-password');
  const eight = await again.form(path, 'name="password"');
  const short = '🦦🔑x9$Qz!';
  expect(
    (
      await eight.post([
        ['password', short],
        ['confirmPassword', short],
      ])
    ).location,
  ).toBe('/forgot-password/done');
});

test('signing in', async () => {
  const browser = new PlainBrowser(app.base);
  const { post } = await browser.form('/sign-in', 'name="password"');
  for (const [what, fields] of [...shapes('email'), ...shapes('password')]) {
    const answer = await post(fields);
    expect({ what, status: answer.status, sentences: Object.keys(answer.errors) }).toEqual({
      what,
      status: 200,
      sentences: [expect.any(String)],
    });
    expect(browser.cookies.has('latchkey-session')).toBe(false);
  }
});

test('and after all of it no log holds a password or an address', () => {
  for (const secret of [firstPassword, 'kept-nowhere', 'a good password', '🦦', bo, 'eve@evil.test', '24682468'])
    expect(app.log()).not.toContain(secret);
});
