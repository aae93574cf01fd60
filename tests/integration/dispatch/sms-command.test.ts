import { stopSms } from '@/lib/sms-budget/switch';
import { readSmsCommand } from '@/scripts/support/sms-command';
import { databaseDay, testDatabase } from '@/tests/support/database';

// `npm run sms`: the kill switch by hand (RL-6).

const db = testDatabase();
const run = (...args: string[]) =>
  readSmsCommand(args, { SMS_PRICES: 'US:0.0083,*:0.1', SMS_DAILY_BUDGET: '20,US:10' })(db);

test('shows what was spent since midnight UTC beside the budgets, and what is stopped', async () => {
  const today = await databaseDay(db);
  const yesterday = new Date(today.getTime() - 86_400_000);
  await db.smsCountry.createMany({
    data: [
      { country: '*', spentOn: today, spentMicros: 1_508_300n },
      { country: 'US', spentOn: today, spentMicros: 8_300n },
      { country: 'DE', spentOn: yesterday, spentMicros: 5_000_000n },
      {
        country: 'GB',
        spentOn: today,
        spentMicros: 1_500_000n,
        stoppedBy: 'conversion',
        stoppedAt: today,
        stoppedUntil: new Date('2999-01-01T12:34:00Z'),
      },
    ],
  });
  await stopSms(db, 'DE');
  expect((await run('show')).split('\n')).toEqual([
    'COUNTRY  SPENT TODAY  BUDGET  STATE',
    'all           1.5083   20.00  on',
    'DE              0.00       –  stopped, by an operator',
    'GB              1.50       –  stopped, hardly a code was used, until 12:34 UTC',
    'US            0.0083   10.00  on',
  ]);
});

test('stops and starts all or one, and says what is still stopped', async () => {
  expect(await run('stop')).toMatch(/^SMS to all countries are stopped.*npm run sms -- start$/);
  expect(await run('stop', '--country', 'de')).toMatch(/^SMS to DE are stopped.*start --country DE$/);
  expect(await run('start')).toBe('SMS to all countries may leave again. Still stopped: DE.');
  expect(await run('start', '--country', 'DE')).toBe('SMS to DE may leave again.');
  expect(await db.auditEvent.count()).toBe(4);
});

test.each([
  [[], /^Which command/],
  [['halt'], /^There is no such command/],
  [['stop', '--country', 'Germany'], /^--country takes/],
  [['stop', 'DE'], /npm run sms/],
])('%j is refused before a database is opened', (args, sentence) => {
  expect(() => readSmsCommand(args, {})).toThrow(sentence);
});
