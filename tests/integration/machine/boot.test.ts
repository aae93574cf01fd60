import { parseEnv } from '@/lib/env/env';
import { bootWarnings, demoProblems } from '@/lib/server/boot-checks';
import { anAdmin } from '@/tests/support/authenticator';
import { testDatabase } from '@/tests/support/database';
import { secret } from '@/tests/support/standalone';
import { somebody, worldOn } from '@/tests/support/world';

const db = testDatabase();

function demonstration() {
  const settings = { APP_URL: 'http://localhost:3000', LATCHKEY_KEYS: `k1:${secret()}`, LATCHKEY_PEPPER: secret() };
  const result = parseEnv({
    ...settings,
    NODE_ENV: 'production',
    LATCHKEY_DEMO: '1',
    DATABASE_URL: 'postgresql://127.0.0.1/x',
  });
  if (!result.ok) throw new Error(result.problems.join());
  return result.env;
}

test('a demonstration runs among demo people only (CFG-1)', async () => {
  const env = demonstration();
  await somebody(worldOn(db));
  expect(await demoProblems({ db, env })).toEqual([]);
  await somebody(worldOn(db), { email: 'real@example.com', phone: null });
  expect(await demoProblems({ db, env })).toEqual([expect.stringMatching(/^LATCHKEY_DEMO: refused/)]);
});

test('what a demonstration left behind gives nobody an admin in production (ADM-4)', async () => {
  const env = { ...demonstration(), LATCHKEY_DEMO: false };
  await anAdmin(worldOn(db), 'operator@example.com');
  expect(await demoProblems({ db, env })).toEqual([]);
  const { id } = await anAdmin(worldOn(db));
  expect(await demoProblems({ db, env })).toEqual([
    expect.stringMatching(/npm run user -- disable --email admin@latchkey.test$/),
  ]);
  expect(await demoProblems({ db, env: { ...env, NODE_ENV: 'development' } })).toEqual([]);
  await db.user.update({ where: { id }, data: { disabledAt: new Date() } });
  expect(await demoProblems({ db, env })).toEqual([]);
});

test('with SMS alone the operator is told who cannot be helped', () => {
  const env = demonstration();
  expect(bootWarnings({ env, offered: ['sms'] })).toEqual([expect.stringMatching(/^Only SMS/)]);
  expect(bootWarnings({ env, offered: ['email'] })).toEqual([]);
  expect(bootWarnings({ env, offered: ['email', 'sms'] })).toEqual([]);
});

test('on serverless the operator is told that a cron is missing (DEL-9)', () => {
  const env = { ...demonstration(), DISPATCHER: 'after' } as const;
  expect(bootWarnings({ env, offered: ['email'] })).toEqual([expect.stringMatching(/^CRON_SECRET/)]);
  expect(bootWarnings({ env: { ...env, CRON_SECRET: 'x'.repeat(16) }, offered: ['email'] })).toEqual([]);
});

test('beside Twilio the operator is told where SMS may go and cost what they like (RL-6)', () => {
  const env = { ...demonstration(), TWILIO_ACCOUNT_SID: 'AC1' };
  const warnings = [expect.stringMatching(/set SMS_COUNTRIES/), expect.stringMatching(/^SMS_DAILY_BUDGET is not set/)];
  expect(bootWarnings({ env, offered: ['email', 'sms'] })).toEqual(warnings);
  const bounded = { ...env, SMS_PRICES: 'US:0.0083', SMS_DAILY_BUDGET: '20' };
  expect(bootWarnings({ env: bounded, offered: ['email', 'sms'] })).toEqual([]);
});
