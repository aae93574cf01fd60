import { command } from '@/tests/support/command';
import { testDatabase } from '@/tests/support/database';

const db = testDatabase();

const create = (phone: string, env: Record<string, string>) => {
  const args = ['user', 'create', '--email', 'bo@example.com', '--name', 'Bo', '--generate', '--phone', phone];
  return command(args, { SMS_COUNTRIES: '', SMS_PRICES: '', SMS_DAILY_BUDGET: '', ...env }).ended;
};

describe('RL-4: npm run user -- create', () => {
  test.each([
    ['+4915112345678', { SMS_COUNTRIES: 'US,GB' }, 'this number is of DE'],
    ['+4915112345678', { SMS_PRICES: 'US:0.0083' }, 'this number is of DE'],
    ['+881612345678', { SMS_PRICES: '*:0.10' }, 'this number is of no country'],
  ])('makes the account of %s at %j, and warns that no SMS would leave', async (phone, env, why) => {
    const { code, said } = await create(phone, env);
    expect(said).toContain('Created bo@example.com.');
    expect(said).toContain(`No text message would leave for it: ${why}`);
    expect(code).toBe(0);
    expect(await db.user.count({ where: { phone } })).toBe(1);
  });

  test.each([
    ['+12215550123', { SMS_COUNTRIES: 'US' }],
    ['\u202a+1\u2011221\u2011555\u20110123\u202c', { SMS_COUNTRIES: 'US' }],
    ['+4915112345678', {}],
  ])('says nothing of the kind of %s at %j', async (phone, env) => {
    const { code, said } = await create(phone, env);
    expect([code, said]).toEqual([0, expect.not.stringContaining('No text message')]);
  });
});
