import { randomBytes } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseEnv } from '@/lib/env/env';
import { isSample } from '@/lib/env/sample-secrets';
import { command, freshDataDirectory } from '@/tests/support/command';
import { freePort } from '@/tests/support/free-port';
import { secret } from '@/tests/support/standalone';

// CFG-1: production does not start with a secret that stands in a guide. What else it refuses: tests/unit/env.test.ts.

/** As Gmail makes them: four times four letters. */
const appPassword = (): string =>
  (
    Buffer.from(randomBytes(16).map((byte) => 97 + (byte % 26)))
      .toString()
      .match(/.{4}/g) ?? []
  ).join(' ');

const good = {
  NODE_ENV: 'production',
  APP_URL: 'https://reset.example.com',
  DATABASE_URL: 'postgresql://127.0.0.1/latchkey',
  LATCHKEY_KEYS: `k1:${secret()}`,
  LATCHKEY_PEPPER: secret(),
  EMAIL_HOST_USER: 'ana@gmail.com',
  EMAIL_HOST_PASSWORD: appPassword(),
  EMAIL_FALLBACK_HOST_USER: 'bo@gmail.com',
  EMAIL_FALLBACK_HOST_PASSWORD: appPassword(),
  TWILIO_ACCOUNT_SID: `AC${randomBytes(16).toString('hex')}`,
  TWILIO_AUTH_TOKEN: randomBytes(16).toString('hex'),
  TWILIO_PHONE_NUMBER: '+15551234567',
  CRON_SECRET: secret(),
  METRICS_TOKEN: secret(),
};
const secretNames =
  /^(LATCHKEY_KEYS|LATCHKEY_PEPPER|CRON_SECRET|METRICS_TOKEN|DATABASE_URL|\w+_PASSWORD|TWILIO_(ACCOUNT_SID|AUTH_TOKEN))$/;

const problemsOf = (settings: Record<string, string>): string[] => {
  const result = parseEnv({ ...good, ...settings });
  return result.ok ? [] : result.problems;
};

/** Every `NAME=value` of a secret in our own guides. */
const shown = ['.env.example', 'README.md', ...readdirSync('docs').map((name) => join('docs', name))]
  .filter((path) => /\.(md|example)$/.test(path))
  .flatMap((path) => [...readFileSync(path, 'utf8').matchAll(/^(?:# ?)?(?:export )?([A-Z_]+)=["']?([^"'\n]*)/gm)])
  .flatMap(([, name = '', value = '']) =>
    secretNames.test(name) && value.trim() ? [[name, value.trim()] as const] : [],
  );

test('CFG-1: what is sound is taken', () => {
  expect(problemsOf({})).toEqual([]);
});

test('CFG-1: there are such lines, or the next test proves nothing', () => {
  expect(shown.map(([name]) => name)).toEqual(
    expect.arrayContaining(['EMAIL_HOST_PASSWORD', 'TWILIO_AUTH_TOKEN', 'TWILIO_ACCOUNT_SID', 'DATABASE_URL']),
  );
});

test.each(shown)('CFG-1: %s=%s of our own guides is refused, by its name and without its value', (name, value) => {
  const said = problemsOf({ [name]: value });
  expect(said).toEqual([expect.stringMatching(new RegExp(`^${name}: `))]);
  expect(said.join()).not.toContain(value);
});

const made = (byte: (index: number) => number): Buffer =>
  Buffer.from(Array.from({ length: 32 }, (_, index) => byte(index)));
const samples: [string, Buffer][] = [
  ['zeros', Buffer.alloc(32)],
  ['one byte', Buffer.alloc(32, 7)],
  ['two bytes in turn', Buffer.alloc(32, 'ab')],
  ['a word and its repetition', Buffer.alloc(32, 'correct horse')],
  ['sixteen bytes twice', Buffer.alloc(32, randomBytes(16))],
  ['counting up', made((index) => index)],
  ['counting down', made((index) => 255 - index * 3)],
  ['a wish', Buffer.from('please-change-me-before-you-star')],
  ['eight bytes only', made((index) => (index * index * 3 + index) % 8)],
];

describe('CFG-1: 32 bytes that nobody drew', () => {
  test.each(samples)('%s', (_, bytes) => {
    expect(bytes).toHaveLength(32);
    const value = bytes.toString('base64');
    expect(problemsOf({ LATCHKEY_KEYS: `k1:${value}` })).toEqual([
      expect.stringMatching(/^LATCHKEY_KEYS: k1 is a sample/),
    ]);
    expect(problemsOf({ LATCHKEY_KEYS: `${good.LATCHKEY_KEYS},k0:${value}` })).toEqual([
      expect.stringMatching(/^LATCHKEY_KEYS: k0 is a sample/),
    ]);
    expect(problemsOf({ LATCHKEY_PEPPER: value })).toEqual([expect.stringMatching(/^LATCHKEY_PEPPER: a sample/)]);
    expect(problemsOf({ LATCHKEY_PEPPER: value, NODE_ENV: 'development' })).toEqual([]);
  });

  test('no drawn ones are taken for them', () => {
    for (let draw = 0; draw < 20_000; draw += 1) expect(isSample(randomBytes(32))).toBe(false);
  });
});

test('CFG-1: a key that is an older one under another name, or the pepper, is refused', () => {
  const value = secret();
  expect(problemsOf({ LATCHKEY_KEYS: `k2:${value},k1:${value}` })).toEqual([
    expect.stringMatching(/^LATCHKEY_KEYS: k1 is k2/),
  ]);
  expect(problemsOf({ LATCHKEY_KEYS: `k1:${value}`, LATCHKEY_PEPPER: value })).toEqual([
    expect.stringMatching(/^LATCHKEY_PEPPER: the same/),
  ]);
});

test.each([
  ['EMAIL_HOST_PASSWORD', 'xxxx xxxx xxxx xxxx'],
  ['EMAIL_HOST_PASSWORD', 'abcdefghijklmnop'],
  ['EMAIL_FALLBACK_HOST_PASSWORD', '<app password>'],
  ['TWILIO_AUTH_TOKEN', 'your_auth_token'],
  ['CRON_SECRET', 'changeme-changeme'],
  ['CRON_SECRET', 'aaaaaaaaaaaaaaaaaaaa'],
  ['METRICS_TOKEN', 'aaaaaaaaaaaaaaaaaaaa'],
])('CFG-1: %s=%s is refused', (name, value) => {
  expect(problemsOf({ [name]: value })).toEqual([expect.stringMatching(new RegExp(`^${name}: `))]);
});

test('CFG-1: npm start says so and ends, a demonstration too', async () => {
  const data = freshDataDirectory();
  try {
    const zeros = Buffer.alloc(32).toString('base64');
    const unset = Object.fromEntries(Object.keys(good).map((name) => [name, '']));
    const own = { LATCHKEY_DATA_DIR: data.path, PORT: String(await freePort()), APP_URL: 'http://localhost:3000' };
    const secrets = { LATCHKEY_KEYS: `k1:${zeros}`, LATCHKEY_PEPPER: secret() };
    const run = command(['start'], { ...unset, ...own, ...secrets, NODE_ENV: 'production', LATCHKEY_DEMO: '1' });
    const { code, said } = await run.ended;
    expect(code).toBe(1);
    expect(said).toMatch(/LATCHKEY_KEYS: k1 is a sample/);
    expect(said).not.toContain(zeros);
  } finally {
    data.remove();
  }
});
