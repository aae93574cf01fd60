import { plus } from '@/lib/clock';
import { createDispatcher } from '@/lib/dispatch/dispatcher';
import { type Result, writeResults } from '@/lib/dispatch/results';
import { bookSms } from '@/lib/sms-budget/ledger';
import { databaseNow, testDatabase } from '@/tests/support/database';
import { withProviders } from '@/tests/support/providers';
import { queueCode } from '@/tests/support/queue';
import { costs, ledger } from '@/tests/support/sms-people';
import { somebody, worldOn } from '@/tests/support/world';

// The ledger of the day, by itself (RL-6).

const db = testDatabase();
const cost = costs({ SMS_PRICES: 'US:0.01,DE:0.1', SMS_DAILY_BUDGET: '0.15,US:0.02' });
const US = { country: 'US', micros: 10_000 };
const DE = { country: 'DE', micros: 100_000 };
const held = async (...wanted: (typeof US)[]) => (await bookSms(db, cost, wanted)).booked.map((one) => one.held);

test('books in order, by country and in all, and holds what does not fit', async () => {
  expect(await held(US, DE, US, US)).toEqual([null, null, null, 'sms-budget']);
  expect(await held(DE)).toEqual(['sms-budget']);
  expect(await ledger(db)).toEqual({ '*': 120_000, US: 20_000, DE: 100_000 });
});

test('a day that another instance has begun is not ended by a clock behind it', async () => {
  await held(US);
  await db.$executeRaw`UPDATE "SmsCountry" SET "spentOn" = "spentOn" + 1`;
  const tomorrow = plus(await databaseNow(db), 86_400_000)
    .toISOString()
    .slice(0, 10);
  expect((await bookSms(db, cost, [US])).booked).toEqual([{ held: null, day: tomorrow }]);
  expect(await ledger(db)).toEqual({ '*': 20_000, US: 20_000 });
});

describe('what is given back', () => {
  async function refusedOne(): Promise<Result> {
    const world = worldOn(db);
    await somebody(world);
    const id = await queueCode(world, 'ana@latchkey.test', 'sms');
    await db.delivery.update({ where: { id }, data: { status: 'sending', claims: 1, attempts: 1 } });
    await db.deliveryAttempt.create({ data: { deliveryId: id, number: 1, transport: 'twilio' } });
    const [booked] = (await bookSms(db, cost, [US, US])).booked;
    if (booked?.held !== null) throw new Error('should be booked');
    return {
      id,
      claim: 1,
      attempt: 1,
      status: 'failed',
      transport: 'twilio',
      messageId: null,
      errorClass: 'recipient',
      errorCode: '21211',
      answer: null,
      retryInMs: 0,
      failover: null,
      recipientMasked: null,
      recipientHash: null,
      verdict: 'works',
      probe: false,
      unused: false,
      country: null,
      cost: null,
      giveBack: { country: 'US', day: booked.day, micros: 10_000 },
    };
  }

  test('comes back once, though its result were written twice', async () => {
    const result = await refusedOne();
    await writeResults(db, [result], new Date());
    await writeResults(db, [result], new Date());
    expect(await ledger(db)).toEqual({ '*': 10_000, US: 10_000 });
  });

  test('comes back though somebody else has claimed the row since: the provider said no', async () => {
    const result = await refusedOne();
    await db.delivery.update({ where: { id: result.id }, data: { claims: 2 } });
    await writeResults(db, [result], new Date());
    expect(await ledger(db)).toEqual({ '*': 10_000, US: 10_000 });
  });

  test('nor does a withheld one count as a try, though its result were written twice', async () => {
    const result: Result = { ...(await refusedOne()), unused: true, verdict: null, giveBack: null };
    await writeResults(db, [result], new Date());
    await writeResults(db, [result], new Date());
    expect(await db.delivery.findFirst({ include: { tries: { orderBy: { number: 'asc' } } } })).toMatchObject({
      attempts: 0,
      tries: [],
    });
  });

  test('does not lower what another day has spent', async () => {
    const result = await refusedOne();
    await db.$executeRaw`UPDATE "SmsCountry" SET "spentOn" = "spentOn" + 1`;
    await writeResults(db, [result], new Date());
    expect(await ledger(db)).toEqual({ '*': 20_000, US: 20_000 });
  });
});

test('a probe that was withheld leaves the circuit to the next message', async () => {
  const { world, phone } = await withProviders(db, {});
  world.smsCost = costs({ SMS_COUNTRIES: 'DE' });
  const openUntil = plus(await databaseNow(db), -1_000);
  await db.transport.create({ data: { name: 'twilio', failures: 3, openings: 2, openUntil } });
  await queueCode(world, 'ana@latchkey.test', 'sms');
  await createDispatcher(world).drain(5_000);
  const { openUntil: then, openings } = await db.transport.findUniqueOrThrow({ where: { name: 'twilio' } });
  expect(openings).toBe(2);
  expect(then?.getTime()).toBeLessThanOrEqual(+(await databaseNow(db)));
  world.smsCost = costs({ SMS_COUNTRIES: 'US' });
  await queueCode(world, 'ana@latchkey.test', 'sms');
  await createDispatcher(world).drain(5_000);
  expect(phone.sent).toHaveLength(1);
  expect(await db.transport.findUniqueOrThrow({ where: { name: 'twilio' } })).toMatchObject({
    openUntil: null,
    openings: 0,
  });
});
