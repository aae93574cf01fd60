import { createDispatcher } from '@/lib/dispatch/dispatcher';
import { databaseNow, testDatabase } from '@/tests/support/database';
import { deliveryOf } from '@/tests/support/deliveries';
import { withProviders } from '@/tests/support/providers';
import { queueCode } from '@/tests/support/queue';
import { alerts, askBySms, costs, ledger, numberIn } from '@/tests/support/sms-people';
import type { World } from '@/tests/support/world';

// RL-6: what SMS may cost in a UTC day. Only what Twilio took, or may have taken, is paid for.

const db = testDatabase();
const send = (world: World) => createDispatcher(world).drain(10_000);
const dueAgain = () => db.$executeRaw`UPDATE "Delivery" SET "nextAttemptAt" = now() WHERE status = 'queued'`;
const people = (country: string, count: number) => Array.from({ length: count }, (_, n) => numberIn(country, n));

const withBudget = async (SMS_DAILY_BUDGET: string) => {
  const providers = await withProviders(db, {});
  providers.world.smsCost = costs({ SMS_PRICES: 'US:0.01,DE:0.1', SMS_DAILY_BUDGET });
  return providers;
};

afterEach(() => jest.restoreAllMocks());

test('RL-6: what the budget has room for leaves as SMS, the rest at once by email with the same codes', async () => {
  const { world, phone, servers } = await withBudget('0.035');
  const ids = await askBySms(world, people('US', 5));
  await send(world);
  expect(phone.sent).toHaveLength(3);
  expect(servers[0]?.mails).toHaveLength(2);
  const rows = await Promise.all(ids.map((id) => deliveryOf(db, id)));
  const sent = rows.filter(({ status }) => status === 'sent');
  expect(sent.map(({ country, cost }) => [country, cost])).toEqual(Array(3).fill(['US', 10_000n]));
  for (const row of rows.filter(({ status }) => status === 'failed'))
    expect(row).toMatchObject({ errorClass: 'account', errorCode: 'sms-budget', country: null, cost: null });
  expect(await ledger(db)).toEqual({ '*': 30_000, US: 30_000 });
});

test('RL-6: a country has its own, within the whole', async () => {
  const { world, phone } = await withBudget('0.25,US:0.02');
  const countries = () => phone.sent.map(({ To }) => To.slice(0, 3)).sort();
  await askBySms(world, [...people('US', 4), ...people('DE', 2)]);
  await send(world);
  expect(countries()).toEqual(['+12', '+12', '+49', '+49']);
  // The whole has no room for a dear one any more. Not in one batch with the others: it could stand before them.
  await askBySms(world, [numberIn('DE', 2)]);
  await send(world);
  expect(countries()).toEqual(['+12', '+12', '+49', '+49']);
  expect(await ledger(db)).toEqual({ '*': 220_000, US: 20_000, DE: 200_000 });
});

test('RL-6: the next UTC day begins with nothing spent', async () => {
  const { world, phone } = await withBudget('0.01');
  await askBySms(world, people('US', 2));
  await send(world);
  await db.$executeRaw`UPDATE "SmsCountry" SET "spentOn" = "spentOn" - 1`;
  await queueCode(world, 'ana@latchkey.test', 'sms');
  await send(world);
  expect(phone.sent).toHaveLength(2);
  expect(await ledger(db)).toEqual({ '*': 10_000, US: 10_000 });
});

test('RL-6: addresses that nobody has spend nothing, whatever is asked for them', async () => {
  const { world, phone } = await withBudget('0.01');
  for (let n = 0; n < 20; n += 1) await queueCode(world, `nobody${n}@latchkey.test`, 'sms');
  await send(world);
  expect(await db.delivery.count({ where: { status: 'sent' } })).toBe(20);
  expect(await ledger(db)).toEqual({});
  await queueCode(world, 'ana@latchkey.test', 'sms');
  await send(world);
  expect(phone.sent).toHaveLength(1);
});

test.each([
  ['21211', { status: 400, code: 21211, message: 'not a number' }],
  ['20429', { status: 429, code: 20429, message: 'Too many requests' }],
] as const)('what Twilio refuses with %s is given back', async (errorCode, answer) => {
  const { world, phone } = await withBudget('0.01');
  phone.script('+12025550123', answer);
  const id = await queueCode(world, 'ana@latchkey.test', 'sms');
  await send(world);
  expect(await ledger(db)).toEqual({ '*': 0, US: 0 });
  expect(await deliveryOf(db, id)).toMatchObject({ errorCode, country: null, cost: null });
});

test('RL-6: a retry pays once where the first try was refused', async () => {
  const { world, phone } = await withBudget('0.01');
  phone.script('+12025550123', { status: 429, code: 20429, message: 'Too many requests' });
  const id = await queueCode(world, 'ana@latchkey.test', 'sms');
  await send(world);
  phone.unscript('+12025550123');
  await dueAgain();
  await send(world);
  expect(phone.sent).toHaveLength(1);
  expect(await deliveryOf(db, id)).toMatchObject({ status: 'sent', attempts: 2, cost: 10_000n });
  expect(await ledger(db)).toEqual({ '*': 10_000, US: 10_000 });
});

test('RL-6: a second hand-off is paid as well: of a time-out nobody knows whether Twilio took it', async () => {
  const { world, phone } = await withBudget('1');
  await db.user.updateMany({ data: { emailVerifiedAt: null } });
  phone.script('+12025550123', 'take-and-hang');
  const id = await queueCode(world, 'ana@latchkey.test', 'sms');
  await send(world);
  expect(await deliveryOf(db, id)).toMatchObject({ status: 'queued', country: 'US', cost: 10_000n });
  phone.unscript('+12025550123');
  await dueAgain();
  await send(world);
  expect(phone.sent).toHaveLength(2);
  expect(await deliveryOf(db, id)).toMatchObject({ status: 'sent', cost: 20_000n });
  expect(await ledger(db)).toEqual({ '*': 20_000, US: 20_000 });
});

test('RL-6: the log is told at 80 % and at 100 %, once a day for the country and for the whole', async () => {
  const { world } = await withBudget('1,US:0.1');
  const told = alerts('sms-budget');
  await askBySms(world, people('US', 7));
  await send(world);
  expect(told()).toEqual([]);
  await askBySms(world, [numberIn('US', 7), numberIn('US', 8)]);
  await send(world);
  expect(told()).toMatchObject([{ country: 'US', percent: 80, budgetMicros: 100_000 }]);
  await askBySms(
    world,
    [10, 11, 12].map((n) => numberIn('US', n)),
  );
  await send(world);
  await queueCode(world, 'ana@latchkey.test', 'sms');
  await send(world);
  expect(told()).toMatchObject([{ percent: 80 }, { country: 'US', percent: 100, spentMicros: 100_000 }]);
});

test('RL-6: a notice waits for the next day, a code does not', async () => {
  const { world, phone } = await withBudget('0');
  const user = await db.user.findFirstOrThrow();
  const notice = { kind: 'password_changed', channel: 'sms', userId: user.id, queuedAt: new Date() } as const;
  const { id } = await db.delivery.create({ data: notice });
  await send(world);
  const waiting = await deliveryOf(db, id);
  expect(waiting).toMatchObject({ status: 'queued', errorCode: 'sms-budget' });
  expect(waiting.nextAttemptAt.getTime() - (await databaseNow(db)).getTime()).toBeGreaterThan(25 * 60_000);
  world.smsCost = costs({ SMS_PRICES: 'US:0.01', SMS_DAILY_BUDGET: '1' });
  await dueAgain();
  await send(world);
  expect(phone.sent).toHaveLength(1);
});
