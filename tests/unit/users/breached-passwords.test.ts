import { parseEnv } from '@/lib/env/env';
import { log } from '@/lib/log';
import { type BreachCheck, breachCheckOf } from '@/lib/users/breached-passwords';
import { type HibpSimulator, sha1, startHibp } from '@/tests/support/hibp-simulator';

const stolen = 'brass otter lantern';
let hibp: HibpSimulator;
let breached: BreachCheck;
/** What the log said, as its destination would get it. */
const said: string[] = [];

beforeEach(async () => {
  hibp = await startHibp();
  const check = breachCheckOf({ HIBP: true, HIBP_API_BASE_URL: hibp.url });
  if (!check) throw new Error('should be on');
  breached = check;
  for (const level of ['info', 'warn'] as const)
    jest.spyOn(log, level).mockImplementation((...line: unknown[]) => void said.push(JSON.stringify([level, ...line])));
});
afterEach(async () => {
  said.splice(0);
  jest.restoreAllMocks();
  await hibp.close();
});

test('a stolen password is known, another one is not', async () => {
  hibp.knows(stolen, 52_372_427);
  expect(await breached(stolen)).toBe(true);
  expect(await breached('brass otter lanterns')).toBe(false);
  expect(said).toEqual([]);
});

test('lines of padding are no hit, the very one of this password neither', async () => {
  hibp.answers('padding');
  hibp.knows(stolen, 0);
  expect(await breached(stolen)).toBe(false);
  hibp.knows(stolen, 1);
  expect(await breached(stolen)).toBe(true);
});

test('five characters of the hash leave this machine, and padding is asked for', async () => {
  await breached('пароль-подлиннее');
  const hash = sha1('пароль-подлиннее');
  expect(hibp.asked).toHaveLength(1);
  const [question = ''] = hibp.asked;
  expect(question.split('\n')[0]).toBe(`GET /range/${hash.slice(0, 5)}`);
  expect(question).toMatch(/^Add-Padding\ntrue$/im);
  expect(question).not.toMatch(/referer|cookie|authorization|@|пароль/i);
  for (let length = 6; length <= 40; length += 1) expect(question.toUpperCase()).not.toContain(hash.slice(0, length));
  expect(question.toUpperCase()).not.toContain(hash.slice(5, 11));
});

describe('where the service fails, the local list has decided', () => {
  test.each([
    ['an error', { status: 500 }],
    ['too many questions', { status: 429 }],
    ['a redirect elsewhere', { status: 302 }],
    ['silence', 'hang'],
    ['an answer without an end', 'trickle'],
    ['nothing', { body: '' }],
    ['a page', { body: '<!doctype html><title>Sign in to the Wi-Fi</title>' }],
    ['half a range', { body: `${sha1(stolen).slice(5)}:3\r\nand then` }],
    ['a count that is none', { body: `${sha1(stolen).slice(5)}:many` }],
    ['a flood', { body: `${sha1(stolen).slice(5)}:3\r\n`.repeat(30_000) }],
  ] as const)('%s', async (_, mode) => {
    hibp.answers(mode);
    const started = performance.now();
    expect(await breached(stolen)).toBe(false);
    expect(performance.now() - started).toBeLessThan(1_500);
    expect(hibp.asked).toHaveLength(1);
    expect(said).toEqual([expect.stringMatching(/^\["warn",.*the local list decides alone/)]);
    expect(said.join().toUpperCase()).not.toContain(sha1(stolen).slice(0, 5));
    expect(said.join()).not.toContain(stolen);
  });

  test('the log says so once an incident, and when it is over', async () => {
    await hibp.close();
    for (let time = 0; time < 3; time += 1) expect(await breached(stolen)).toBe(false);
    expect(said).toEqual([expect.stringMatching(/ECONNREFUSED.*the local list/)]);
  });

  test('another incident is another line', async () => {
    hibp.answers({ status: 503 });
    await breached(stolen);
    await breached(stolen);
    hibp.answers('usual');
    await breached(stolen);
    await breached(stolen);
    hibp.answers({ status: 503 });
    await breached(stolen);
    expect(said.map((line) => line.slice(2, 6))).toEqual(['warn', 'info', 'warn']);
    expect(said[0]).toContain('HTTP_503');
  });
});

describe('the setting', () => {
  const least = { DATABASE_URL: 'postgresql://localhost/x', LATCHKEY_KEYS: `a:${Buffer.alloc(32).toString('base64')}` };
  const read = (settings: Record<string, string>) => {
    const pepper = Buffer.alloc(32, 1).toString('base64');
    const result = parseEnv({ APP_URL: 'http://localhost:3000', LATCHKEY_PEPPER: pepper, ...least, ...settings });
    if (!result.ok) throw new Error(result.problems.join());
    return result.env;
  };

  test('is off unless switched on, and then nobody is asked', () => {
    expect(breachCheckOf(read({}))).toBeNull();
    expect(breachCheckOf(read({ HIBP: 'off' }))).toBeNull();
    expect(breachCheckOf(read({ HIBP: 'on' }))).not.toBeNull();
    expect(read({ HIBP: 'on' }).HIBP_API_BASE_URL.href).toBe('https://api.pwnedpasswords.com/');
  });

  test('reaches a mirror below a path as well', async () => {
    const check = breachCheckOf({ HIBP: true, HIBP_API_BASE_URL: new URL('/mirror/', hibp.url) });
    await check?.(stolen);
    expect(hibp.asked[0]).toMatch(/^GET \/mirror\/range\/[0-9A-F]{5}\n/);
  });
});
