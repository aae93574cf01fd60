import { randomBytes } from 'node:crypto';
import { Client } from 'pg';
import { configuredTransports, parseEnv } from '@/lib/env/env';

const secret = () => randomBytes(32).toString('base64');
const least = {
  NODE_ENV: 'production',
  APP_URL: 'https://reset.example.com',
  DATABASE_URL: 'postgresql://127.0.0.1/latchkey',
  LATCHKEY_KEYS: `k1:${secret()}`,
  LATCHKEY_PEPPER: secret(),
  TRUSTED_PROXIES: '1',
};
const gmail = { EMAIL_HOST_USER: 'ana@gmail.com', EMAIL_HOST_PASSWORD: 'an app password' };
const twilio = { TWILIO_ACCOUNT_SID: 'AC1', TWILIO_AUTH_TOKEN: 'token', TWILIO_PHONE_NUMBER: '+15551234567' };

const problemsOf = (source: Record<string, string>): string[] => {
  const result = parseEnv(source);
  return result.ok ? [] : result.problems;
};
const waysOf = (source: Record<string, string>) => {
  const result = parseEnv(source);
  if (!result.ok) throw new Error(result.problems.join('; '));
  return configuredTransports(result.env);
};

describe('CFG-1: what production starts with', () => {
  test.each([
    ['Gmail in two lines', gmail, { email: 'smtp', sms: null }],
    ['Twilio in three lines', twilio, { email: null, sms: 'twilio' }],
    ['both', { ...gmail, ...twilio }, { email: 'smtp', sms: 'twilio' }],
    ['a demonstration', { LATCHKEY_DEMO: '1' }, { email: 'inbox', sms: 'inbox' }],
  ])('%s', (_, settings, ways) => {
    expect(waysOf({ ...least, ...settings })).toEqual(ways);
  });

  /** Of a database's address: encoded, and as it is. */
  const words = ['p%23a%2Fss', 'p$a!s*s'];
  test.each([
    { DEFAULT_FROM_EMAIL: 'The Desk <root@localhost>' },
    { DEFAULT_FROM_EMAIL: "o'brien@example.com" },
    { EMAIL_USE_SSL: 'true', EMAIL_PORT: '2465' },
    { EMAIL_USE_SSL: 'true', EMAIL_USE_TLS: 'false', EMAIL_PORT: '465' },
    { DATABASE_URL: `postgresql://u:${words[0]}@h/d?schema=app&sslmode=require` },
    { DATABASE_URL: `postgresql://u:${words[1]}@/d?host=/run/postgresql` },
  ])('%j', (settings) => {
    expect(problemsOf({ ...least, ...gmail, ...settings })).toEqual([]);
  });

  test.each(['pa/ss', 'pa#ss', 'p@ss/w#rd?x', 'a%b/c', '12#4', 'a:b/c', 'é/x', '$1/"x" y'])(
    'a password of the database may be %j as it is',
    (password) => {
      const parsed = parseEnv({
        ...least,
        ...gmail,
        DATABASE_URL: `postgresql://u:${password}@db.test:5433/d?sslmode=disable`,
      });
      if (!parsed.ok) throw new Error(parsed.problems.join());
      const client = new Client({ connectionString: parsed.env.DATABASE_URL });
      expect([client.user, client.password, client.host, client.port, client.database]).toEqual([
        'u',
        password,
        'db.test',
        5433,
        'd',
      ]);
    },
  );

  test('lines left empty are not set', () => {
    const empty = { EMAIL_PORT: '', EMAIL_USE_TLS: ' ', TWILIO_ACCOUNT_SID: '', APP_NAME: '' };
    expect(waysOf({ ...least, ...gmail, ...empty })).toEqual({ email: 'smtp', sms: null });
  });
});

describe('CFG-1: what production refuses, by the variable’s name', () => {
  test.each([
    ['no provider', {}, 'EMAIL_HOST_USER'],
    ['a demonstration beside a provider', { ...gmail, LATCHKEY_DEMO: '1' }, 'LATCHKEY_DEMO'],
    ['plain http', { ...gmail, APP_URL: 'http://reset.example.com' }, 'APP_URL'],
    ['a budget for SMS without prices', { ...twilio, SMS_DAILY_BUDGET: '20' }, 'SMS_PRICES'],
    ['alerts by plain http', { ...gmail, ALERT_WEBHOOK_URL: 'http://hooks.example.com/x' }, 'ALERT_WEBHOOK_URL'],
    ['a short token for metrics', { ...gmail, METRICS_TOKEN: 'short' }, 'METRICS_TOKEN'],
    ['another scheme', { ...gmail, APP_URL: 'javascript:alert(1)' }, 'APP_URL'],
    ['a missing key', { ...gmail, LATCHKEY_KEYS: '' }, 'LATCHKEY_KEYS'],
    ['a short key', { ...gmail, LATCHKEY_KEYS: 'k1:c2hvcnQ=' }, 'LATCHKEY_KEYS'],
    ['two keys of one id', { ...gmail, LATCHKEY_KEYS: `k1:${secret()},k1:${secret()}` }, 'LATCHKEY_KEYS'],
    ['a missing pepper', { ...gmail, LATCHKEY_PEPPER: '' }, 'LATCHKEY_PEPPER'],
    ['a user without a password', { EMAIL_HOST_USER: 'ana@gmail.com' }, 'EMAIL_HOST_PASSWORD'],
    ['Twilio without its token', { ...twilio, TWILIO_AUTH_TOKEN: '' }, 'TWILIO_AUTH_TOKEN'],
    ['Twilio without a sender', { ...twilio, TWILIO_PHONE_NUMBER: '' }, 'TWILIO_PHONE_NUMBER'],
    ['a number of proxies that is none', { ...gmail, TRUSTED_PROXIES: '1.5' }, 'TRUSTED_PROXIES'],
    ['too many proxies', { ...gmail, TRUSTED_PROXIES: '11' }, 'TRUSTED_PROXIES'],
    ['peers that are none', { ...gmail, TRUSTED_PEERS: 'proxy.internal' }, 'TRUSTED_PEERS'],
    ['a name to bind to', { ...gmail, BIND_ADDRESS: 'f00ba4f00ba4' }, 'BIND_ADDRESS'],
    ['another database behind a pooler', { ...gmail, DATABASE_DIRECT_URL: 'mysql://a/b' }, 'DATABASE_DIRECT_URL'],
    ['a time to wait that is none', { ...gmail, DATABASE_WAIT_SECONDS: 'long' }, 'DATABASE_WAIT_SECONDS'],
    ['a sender that is no address', { ...gmail, DEFAULT_FROM_EMAIL: 'The Desk' }, 'DEFAULT_FROM_EMAIL'],
    ['two senders', { ...gmail, DEFAULT_FROM_EMAIL: 'a@b.test, c@d.test' }, 'DEFAULT_FROM_EMAIL'],
    [
      'STARTTLS and TLS from the start',
      { ...gmail, EMAIL_USE_TLS: 'true', EMAIL_USE_SSL: '1', EMAIL_PORT: '2465' },
      'EMAIL_USE_SSL',
    ],
    [
      'both for the second server',
      {
        ...gmail,
        EMAIL_FALLBACK_HOST: 'b.test',
        EMAIL_FALLBACK_USE_TLS: 'on',
        EMAIL_FALLBACK_USE_SSL: 'on',
        EMAIL_FALLBACK_PORT: '465',
      },
      'EMAIL_FALLBACK_USE_SSL',
    ],
    ['TLS from the start at the port of STARTTLS', { ...gmail, EMAIL_USE_SSL: 'true' }, 'EMAIL_PORT'],
    ['no address of a database', { ...gmail, DATABASE_URL: 'postgresql://u:p@h:x/d' }, 'DATABASE_URL'],
    ['a # behind the database', { ...gmail, DATABASE_URL: 'postgresql://u@h/d#x' }, 'DATABASE_URL'],
    [
      'a schema that SQL would have to quote',
      { ...gmail, DATABASE_URL: 'postgresql://h/d?schema=My%20Own' },
      'DATABASE_URL',
    ],
    [
      'a schema beside options',
      { ...gmail, DATABASE_URL: 'postgresql://h/d?schema=app&options=-c%20x=y' },
      'DATABASE_URL',
    ],
    ['a minimum below eight', { ...gmail, PASSWORD_MIN_LENGTH: '6' }, 'PASSWORD_MIN_LENGTH'],
  ])('%s', (_, settings, variable) => {
    const problems = problemsOf({ ...least, ...settings });
    expect(problems.map((problem) => problem.split(':')[0])).toEqual([variable]);
  });

  test.each([
    'https://example.com/reset',
    'https://example.com/?a=b',
    'https://example.com/#reset',
    'https://ana:canary@example.com/',
    'http://localhost:3000/reset/',
  ])('APP_URL=%s, which would be cut to its host', (APP_URL) => {
    expect(problemsOf({ ...least, ...gmail, APP_URL })).toEqual([
      expect.stringMatching(/^APP_URL: give scheme, host and port only, as https:/),
    ]);
  });

  test('APP_URL with the slash that every browser writes is fine', () => {
    expect(problemsOf({ ...least, ...gmail, APP_URL: 'https://reset.example.com/' })).toEqual([]);
  });

  test.each([
    ['mysql://ana:canary@db/app', 'MySQL is another engine'],
    ['mongodb+srv://ana:canary@db/app', 'MongoDB is another engine'],
    ['file:./canary.db', 'SQLite is another engine'],
    ['sqlserver://db;password=canary', 'SQL Server is another engine'],
    ['prisma+postgres://accelerate.example/?api_key=canary', 'Prisma Accelerate is another engine'],
    ['https://canary@db', 'not an address of PostgreSQL'],
    ['canary', 'not an address of PostgreSQL'],
    ['host=db password=canary', 'not an address of PostgreSQL'],
    ['postgresql:canary', 'not an address'],
  ])('DATABASE_URL=%s', (DATABASE_URL, what) => {
    const [problem, ...more] = problemsOf({ ...least, ...gmail, DATABASE_URL });
    expect(more).toEqual([]);
    expect(problem).toMatch(new RegExp(`^DATABASE_URL: ${what}`));
    expect(problem).toMatch(/postgresql:\/\/user:password@host:5432\/latchkey$/);
    expect(problem).not.toContain('canary');
  });

  test('a secret is never repeated in what is said of it', () => {
    const said = problemsOf({ ...least, ...gmail, LATCHKEY_KEYS: 'k1:canarycanary', LATCHKEY_PEPPER: 'canary' });
    expect(said).toHaveLength(2);
    expect(said.join()).not.toContain('canary');
  });
});

test.each(['http://localhost:3000', 'http://127.0.0.1:3000', 'https://localhost:3000'])(
  'the loopback address %s needs neither https nor a proxy',
  (APP_URL) => {
    expect(problemsOf({ ...least, ...gmail, APP_URL, TRUSTED_PROXIES: '' })).toEqual([]);
  },
);

test.each([
  'VERCEL',
  'NETLIFY',
  'AWS_LAMBDA_FUNCTION_NAME',
  'K_SERVICE',
  'FUNCTION_TARGET',
  'FUNCTIONS_WORKER_RUNTIME',
])('RL-3: where %s is set, production refuses to start without a trusted proxy, and says why', (platform) => {
  const settings = { ...least, ...gmail, APP_URL: 'http://localhost:3000', [platform]: 'x' };
  expect(problemsOf({ ...settings, TRUSTED_PROXIES: '' })).toEqual([
    expect.stringMatching(new RegExp(`^TRUSTED_PROXIES: 0, but ${platform} .+ set it to the number of proxies`)),
  ]);
  expect(problemsOf(settings)).toEqual([]);
});
