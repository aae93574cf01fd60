import { minutes, plus } from '@/lib/clock';
import { createDispatcher } from '@/lib/dispatch/dispatcher';
import { newChallengeId, newNonce } from '@/lib/otp/derive';
import { watchConversion } from '@/lib/sms-budget/conversion';
import { openAccounts } from '@/lib/sms-budget/ledger';
import { startSms, stopSms } from '@/lib/sms-budget/switch';
import { databaseNow, testDatabase } from '@/tests/support/database';
import { deliveryOf } from '@/tests/support/deliveries';
import { withProviders } from '@/tests/support/providers';
import { alerts, askBySms, numberIn } from '@/tests/support/sms-people';
import { somebody, worldOn } from '@/tests/support/world';

// RL-6: codes that nobody types in are the mark of SMS pumping. First the operator is told, then the country is stopped.

const db = testDatabase();
const ago = (minutes: number) => new Date(Date.now() - minutes * 60_000);
const account = (country = 'US') => db.smsCountry.findUniqueOrThrow({ where: { country } });
const hourLater = () => db.$executeRaw`
  UPDATE "SmsCountry" SET "stoppedAt" = "stoppedAt" - interval '61 minutes', "lowSince" = "lowSince" - interval '61 minutes',
    "stoppedUntil" = "stoppedUntil" - interval '61 minutes', "countedFrom" = "countedFrom" - interval '61 minutes'`;

let told: () => Record<string, unknown>[];
let userId: string;
beforeEach(async () => {
  told = alerts('sms-conversion');
  userId = (await somebody(worldOn(db))).id;
});
afterEach(() => jest.restoreAllMocks());

/** Codes that left by SMS so long ago, and how many of them were typed in. */
async function sent(count: number, proved: number, { minutesAgo = 30, country = 'US', times = 1, decoy = false } = {}) {
  const at = ago(minutesAgo);
  const ids = Array.from({ length: count }, newChallengeId);
  await openAccounts(db, [country]);
  const code = {
    purpose: 'password_reset',
    keyId: 'a',
    digits: 6,
    maxAttempts: 5,
    createdAt: at,
    expiresAt: at,
  } as const;
  await db.challenge.createMany({
    data: ids.map((id, n) => ({
      ...code,
      id,
      userId: decoy ? null : userId,
      identifierHash: id,
      nonce: newNonce(),
      consumedAt: n < proved ? at : null,
      grantExpiresAt: n < proved ? at : null,
    })),
  });
  const row = { kind: 'code', channel: 'sms', status: 'sent', queuedAt: at, sentAt: at } as const;
  await db.delivery.createMany({
    data: ids.flatMap((challengeId) =>
      Array.from({ length: times }, () => ({ ...row, challengeId, ...(decoy ? {} : { userId, country }) })),
    ),
  });
}

test.each([
  ['20 codes and 3 used', 20, 3, { told: true, stopped: false }],
  ['20 codes and 4 used: exactly a fifth', 20, 4, null],
  ['19 codes and none used: too few to say', 19, 0, null],
  ['39 codes and none used', 39, 0, { told: true, stopped: false }],
  ['40 codes and 4 used: exactly a tenth', 40, 4, { told: true, stopped: false }],
  ['40 codes and 3 used', 40, 3, { told: true, stopped: true }],
])('RL-6: %s', async (_, count, proved, expected) => {
  await sent(count, proved);
  const verdicts = await watchConversion(db, new Date());
  expect(verdicts).toEqual(expected ? [{ country: 'US', sent: count, proved, ...expected }] : []);
  expect(told()).toHaveLength(expected ? 1 : 0);
  expect((await account()).stoppedBy).toBe(expected?.stopped ? 'conversion' : null);
});

test.each([
  ['whose people may still be typing', { minutesAgo: 4 }],
  ['of an earlier hour', { minutesAgo: 61 }],
  ['to nobody', { decoy: true }],
])('RL-6: codes %s are not counted', async (_, over) => {
  await sent(100, 0, over);
  expect(await watchConversion(db, new Date())).toEqual([]);
});

test('RL-6: a code that was sent five times counts once', async () => {
  await sent(10, 0, { times: 5 });
  await sent(10, 10);
  expect(await watchConversion(db, new Date())).toEqual([]);
});

test('RL-6: a country is judged by itself', async () => {
  await sent(40, 0, { country: 'DE' });
  await sent(400, 399, { country: 'US' });
  expect(await watchConversion(db, new Date())).toMatchObject([{ country: 'DE', stopped: true }]);
  expect(await account('US')).toMatchObject({ stoppedBy: null, lowSince: null });
});

test('RL-6: one incident is told once, by one instance; the next one again', async () => {
  await sent(20, 0);
  const rounds = await Promise.all([
    watchConversion(db, new Date()),
    watchConversion(db, new Date()),
    watchConversion(db, new Date()),
  ]);
  expect(rounds.flat()).toHaveLength(1);
  await watchConversion(db, new Date());
  expect(told()).toHaveLength(1);
  await sent(20, 20);
  await watchConversion(db, new Date());
  expect(await account()).toMatchObject({ lowSince: null });
  await sent(160, 0, { minutesAgo: 20 });
  await db.smsCountry.updateMany({ data: { stoppedBy: 'operator', stoppedAt: ago(1) } });
  await watchConversion(db, new Date());
  expect(told()).toHaveLength(2);
});

test('RL-6: a stop lasts an hour, is on record, sends codes by email, and then the country tries again from nothing', async () => {
  await db.user.deleteMany();
  const { world, phone, servers } = await withProviders(db, {});
  userId = (await db.user.findFirstOrThrow()).id;
  await sent(50, 0);
  await watchConversion(db, new Date());
  expect(told()).toMatchObject([{ country: 'US', sent: 50, proved: 0, stopped: true }]);
  expect((await account()).stoppedUntil?.getTime()).toBeCloseTo(plus(await databaseNow(db), minutes(60)).getTime(), -4);
  expect(await db.auditEvent.findMany({ where: { type: 'sms_stopped' } })).toMatchObject([
    { detail: { country: 'US', by: 'conversion' } },
  ]);
  const asks = async (n: number) => {
    const [id = ''] = await askBySms(world, [numberIn('US', n)]);
    await createDispatcher(world).drain(10_000);
    return deliveryOf(db, id);
  };
  expect(await asks(1)).toMatchObject({ errorCode: 'sms-stopped' });
  expect(servers[0]?.mails).toHaveLength(1);
  await hourLater();
  // Much was sent shortly before the stop: it does not stop the country again.
  await sent(50, 0, { minutesAgo: 59 });
  await watchConversion(db, new Date());
  expect(await asks(2)).toMatchObject({ status: 'sent' });
  expect(phone.sent).toHaveLength(1);
  expect(await account()).toMatchObject({ lowSince: null });
});

test('RL-6: after an hour the wave goes on: stopped again, told again', async () => {
  await sent(50, 0);
  await watchConversion(db, new Date());
  await hourLater();
  await db.$executeRaw`UPDATE "SmsCountry" SET "countedFrom" = now() - interval '55 minutes'`;
  await db.delivery.deleteMany();
  await watchConversion(db, new Date());
  await sent(50, 0);
  await watchConversion(db, new Date());
  expect(told()).toMatchObject([{ stopped: true }, { stopped: true }]);
});

test('RL-6: an operator’s stop stays his, and his start is not undone by what was sent before', async () => {
  await sent(50, 0);
  await stopSms(db, 'US');
  await watchConversion(db, new Date());
  expect(await account()).toMatchObject({ stoppedBy: 'operator', stoppedUntil: null });
  await startSms(db, 'US');
  await watchConversion(db, new Date());
  expect(await account()).toMatchObject({ stoppedBy: null, lowSince: null });
});

test('RL-6: it is part of the upkeep', async () => {
  await sent(50, 0);
  await createDispatcher(worldOn(db)).drain(1_000);
  expect(await account()).toMatchObject({ stoppedBy: 'conversion' });
});
