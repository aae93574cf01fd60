import { type Condition, conditionsNow } from '@/lib/alerts/conditions';
import { minutes, plus } from '@/lib/clock';
import { signInsKey } from '@/lib/limits/site-wide-sign-ins';
import { crowdKeys } from '@/lib/otp/guesses';
import { freeOfLimits, type SmsCost } from '@/lib/sms-budget/cost';
import { databaseDay, databaseNow, testDatabase } from '@/tests/support/database';
import { somebody, worldOn } from '@/tests/support/world';

const db = testDatabase();
const now = new Date();
const wrong = (
  quotas: { name: string; used: number; perDay: number }[] = [],
  smsCost: SmsCost = freeOfLimits,
): Promise<Condition[]> => conditionsNow(db, { quotas, smsCost }, now);

async function codes(
  count: number,
  status: 'sent' | 'failed' | 'queued',
  ago = minutes(5),
  kind: 'code' | 'password_changed' = 'code',
) {
  const userId = (await db.user.findFirst())?.id ?? (await somebody(worldOn(db))).id;
  await db.delivery.createMany({
    data: Array.from({ length: count }, () => ({
      kind,
      channel: 'email' as const,
      status,
      userId,
      queuedAt: plus(now, -ago),
    })),
  });
}

describe('OBS-2: what an operator is told of', () => {
  test('nothing, where nothing is wrong', async () => {
    await codes(20, 'sent');
    await codes(3, 'failed');
    await db.transport.create({ data: { name: 'smtp', failures: 1, lastError: '451' } });
    expect(await wrong([{ name: 'smtp', used: 399, perDay: 500 }])).toEqual([]);
  });

  test('a day of mails that is used up to 80 %', async () => {
    expect(await wrong([{ name: 'smtp', used: 400, perDay: 500 }])).toEqual([
      { kind: 'quota', about: 'smtp', figures: { used: 400, perDay: 500 } },
    ]);
  });

  test('a budget for SMS that is used up to 80 % today; yesterday’s is none', async () => {
    const today = await databaseDay(db);
    const cost: SmsCost = {
      ...freeOfLimits,
      budgets: new Map([
        ['*', 10_000_000],
        ['US', 5_000_000],
      ]),
    };
    await db.smsCountry.createMany({
      data: [
        { country: '*', spentOn: today, spentMicros: 8_000_000n },
        { country: 'US', spentOn: plus(today, -minutes(24 * 60)), spentMicros: 5_000_000n },
      ],
    });
    expect(await wrong([], cost)).toEqual([{ kind: 'sms_budget', about: '*', figures: { spent: 8, budget: 10 } }]);
  });

  test('many failures beside few successes; old ones and notices are none', async () => {
    await codes(10, 'failed', minutes(20));
    await codes(10, 'failed', minutes(1), 'password_changed');
    await codes(9, 'failed');
    expect(await wrong()).toEqual([]);
    await codes(1, 'failed');
    await codes(29, 'sent');
    expect(await wrong()).toEqual([
      { kind: 'failures', about: 'email', figures: { failed: 10, ended: 39, minutes: 15 } },
    ]);
    await codes(1, 'sent');
    expect(await wrong()).toEqual([]);
  });

  test('a country where hardly a code is used, and that it was stopped', async () => {
    const [today, then] = [await databaseDay(db), await databaseNow(db)];
    const row = { spentOn: today, lowSince: then };
    await db.smsCountry.create({ data: { country: 'LV', ...row } });
    const stopped = { stoppedBy: 'conversion', stoppedAt: then, stoppedUntil: plus(then, minutes(60)) } as const;
    await db.smsCountry.create({ data: { country: 'XK', spentOn: today, ...stopped } });
    expect((await wrong()).sort((a, b) => a.about.localeCompare(b.about))).toEqual([
      { kind: 'conversion', about: 'LV', figures: { stopped: 0 } },
      { kind: 'conversion', about: 'XK', figures: { stopped: 1 } },
    ]);
  });

  test('codes that nobody has tried to send for a minute; a retry waits for its own recipient', async () => {
    await codes(2, 'queued', minutes(2));
    await codes(1, 'queued', 30_000);
    expect(await wrong()).toMatchObject([{ kind: 'outbox', about: '*', figures: { waiting: 2 } }]);
    await db.delivery.updateMany({ data: { claims: 1, attempts: 1 } });
    expect(await wrong()).toEqual([]);
  });

  test('guesses past the crowd’s mark, and sign-ins that fail by the thousand', async () => {
    const tally = (key: string, points: number) =>
      db.counter.create({ data: { key, points, expiresAt: plus(now, minutes(60)) } });
    await tally(crowdKeys(now).hour, 500);
    await tally(signInsKey(now), 1_000);
    expect(await wrong()).toEqual([
      { kind: 'guessing', about: '*', figures: { wrong: 500, mark: 500 } },
      { kind: 'sign_ins', about: '*', figures: { failed: 1_000 } },
    ]);
  });

  test('a provider whose last answer was about our account, until it takes something again', async () => {
    await codes(1, 'queued');
    const deliveryId = (await db.delivery.findFirstOrThrow()).id;
    await db.transport.create({ data: { name: 'smtp', failures: 1, lastError: '535' } });
    const tried = (number: number, said: { accepted: boolean; errorClass?: 'account' | 'recipient' }) =>
      db.deliveryAttempt.create({
        data: {
          deliveryId,
          number,
          transport: 'smtp',
          startedAt: plus(new Date(), -minutes(9 - number)),
          endedAt: new Date(),
          ...said,
        },
      });
    await tried(1, { accepted: false, errorClass: 'account' });
    // Somebody's address that does not exist says nothing of our account.
    await tried(2, { accepted: false, errorClass: 'recipient' });
    expect(await wrong()).toContainEqual({ kind: 'provider_account', about: 'smtp', figures: { error: '535' } });
    await tried(3, { accepted: true });
    expect((await wrong()).filter(({ kind }) => kind === 'provider_account')).toEqual([]);
  });
});
