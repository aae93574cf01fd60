import { createDispatcher } from '@/lib/dispatch/dispatcher';
import { deriveCode } from '@/lib/otp/derive';
import { testDatabase } from '@/tests/support/database';
import { deliveryOf } from '@/tests/support/deliveries';
import { withProviders } from '@/tests/support/providers';
import { queueCode } from '@/tests/support/queue';
import { askBySms, costs, numberIn } from '@/tests/support/sms-people';
import type { World } from '@/tests/support/world';

// RL-4: SMS go to stored, verified numbers of allowed countries. Whatever else is asked for makes no call at Twilio.

const db = testDatabase();
const send = (world: World) => createDispatcher(world).drain(10_000);
const codeIn = (text = '') => text.match(/\b\d{6}\b/)?.[0];

const onlyTo = async (...countries: string[]) => {
  const providers = await withProviders(db, {});
  providers.world.smsCost = costs({ SMS_COUNTRIES: countries.join() });
  return providers;
};

test('RL-4: a number of another country: no call, and the same code goes by email at once', async () => {
  const { world, phone, servers } = await onlyTo('DE');
  const id = await queueCode(world, 'ana@latchkey.test', 'sms');
  await send(world);
  expect(phone.requests).toEqual([]);
  expect(await deliveryOf(db, id)).toMatchObject({
    status: 'failed',
    errorClass: 'recipient',
    errorCode: 'country-not-allowed',
    country: null,
    cost: null,
    // No provider was asked: a dispute must not distrust a channel that nothing went over (POST-3).
    attempts: 0,
    tries: [],
  });
  const over = await db.delivery.findFirstOrThrow({ where: { failoverOf: id } });
  expect(over).toMatchObject({ channel: 'email', status: 'sent', challengeId: (await deliveryOf(db, id)).challengeId });
  expect(servers[0]?.mails).toHaveLength(1);
  const challenge = await db.challenge.findFirstOrThrow();
  expect(codeIn(servers[0]?.mails[0]?.parsed.text)).toBe(deriveCode(world.keyring, challenge));
});

test('RL-4: a number of an allowed country gets its SMS', async () => {
  const { world, phone } = await onlyTo('US', 'DE');
  const id = await queueCode(world, 'ana@latchkey.test', 'sms');
  await send(world);
  expect(phone.sent.map(({ To }) => To)).toEqual(['+12025550123']);
  expect(await deliveryOf(db, id)).toMatchObject({ status: 'sent', country: 'US', cost: null });
});

test('RL-4: without an email address it ends there, with a code that says why', async () => {
  const { world, phone } = await onlyTo('DE');
  await db.user.updateMany({ data: { emailVerifiedAt: null } });
  const id = await queueCode(world, 'ana@latchkey.test', 'sms');
  await send(world);
  expect(phone.requests).toEqual([]);
  expect(await deliveryOf(db, id)).toMatchObject({ status: 'failed', errorCode: 'country-not-allowed' });
  expect(await db.delivery.count()).toBe(1);
});

test('RL-4: a country of the same calling code is another country; a number of no country is never allowed', async () => {
  const { world, phone } = await onlyTo('US');
  await askBySms(world, [numberIn('JM', 1), '+881612345678', '+19991234567']);
  await send(world);
  expect(phone.requests).toEqual([]);
});

test('RL-4: `after()` goes the same way', async () => {
  const { world, phone, servers } = await onlyTo('DE');
  const id = await queueCode(world, 'ana@latchkey.test', 'sms');
  await createDispatcher(world).sendNow([id]);
  expect(phone.requests).toEqual([]);
  expect(servers[0]?.mails).toHaveLength(1);
});

test('RL-4: what was withheld takes no token from those that may leave', async () => {
  const { world, phone, servers } = await onlyTo('DE');
  // A long code: ten at once, then one a second.
  const numbers = Array.from({ length: 40 }, (_, n) => numberIn('US', n));
  await askBySms(world, [...numbers, numberIn('DE', 1)]);
  const began = Date.now();
  await send(world);
  expect(Date.now() - began).toBeLessThan(9_000);
  expect(servers[0]?.mails).toHaveLength(40);
  expect(phone.sent).toHaveLength(1);
});

test('RL-4: a number that is no longer verified when its code leaves gets none', async () => {
  const { world, phone } = await onlyTo('US');
  await queueCode(world, 'ana@latchkey.test', 'sms');
  await db.user.updateMany({ data: { phone: '+12025550199', phoneVerifiedAt: null } });
  await send(world);
  expect(phone.requests).toEqual([]);
});
