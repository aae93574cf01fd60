import { createDispatcher } from '@/lib/dispatch/dispatcher';
import { newChallengeId, newNonce } from '@/lib/otp/derive';
import { stopSms } from '@/lib/sms-budget/switch';
import { testDatabase } from '@/tests/support/database';
import { costs, ledger } from '@/tests/support/sms-people';
import { type World, worldOn } from '@/tests/support/world';

// RL-6 where it is hard: four instances claim and book at once.

const db = testDatabase();

/** People of a country, each with a code by SMS that is due. Without an address: what is withheld ends there. */
async function queue(world: World, prefix: string, count: number): Promise<void> {
  const at = world.clock.now();
  const expiresAt = new Date(at.getTime() + 600_000);
  const people = await db.user.createManyAndReturn({
    select: { id: true },
    data: Array.from({ length: count }, (_, n) => ({
      email: `${prefix}${n}@latchkey.test`,
      phone: `${prefix}${String(n).padStart(4, '0')}`,
      phoneVerifiedAt: at,
      name: 'Somebody',
    })),
  });
  const codes = people.map(({ id: userId }) => ({ userId, id: newChallengeId() }));
  const common = {
    purpose: 'password_reset',
    keyId: 'a',
    digits: 6,
    maxAttempts: 5,
    createdAt: at,
    expiresAt,
  } as const;
  await db.challenge.createMany({
    data: codes.map((code) => ({ ...common, ...code, identifierHash: code.id, nonce: newNonce() })),
  });
  await db.delivery.createMany({
    data: codes.map(({ id: challengeId, userId }) => ({
      kind: 'code',
      channel: 'sms',
      challengeId,
      userId,
      queuedAt: at,
    })),
  });
}

/** A provider in the process that counts and takes its time, and refuses every so manyth. */
function provider(world: World, refuseEvery = Number.POSITIVE_INFINITY) {
  const taken: string[] = [];
  let asked = 0;
  world.transports = {
    sms: [
      {
        name: 'twilio',
        channel: 'sms',
        pace: { parallel: 20, perSecond: 1_000_000, burst: 1_000_000 },
        async send({ to }) {
          asked += 1;
          const refused = asked % refuseEvery === 0;
          await new Promise((resolve) => setTimeout(resolve, Math.random() * 10));
          if (refused)
            return {
              status: 'failed',
              provider: 'twilio',
              class: 'recipient',
              stops: false,
              code: '21211',
              answer: 'no',
            };
          taken.push(to);
          return { status: 'sent', provider: 'twilio', messageId: null, answer: 'queued' };
        },
        close: async () => undefined,
      },
    ],
  };
  return { taken, in: (prefix: string) => taken.filter((to) => to.startsWith(prefix)).length };
}

const US = '+1202555';
const DE = '+4915111';
const drain = (world: World) => Promise.all(Array.from({ length: 4 }, () => createDispatcher(world).drain(60_000)));

test('four instances hand over exactly what the day’s budget pays for, by country and in all', async () => {
  const world = worldOn(db);
  world.smsCost = costs({ SMS_PRICES: 'US:0.01,DE:0.01', SMS_DAILY_BUDGET: '2,US:1.2' });
  const sms = provider(world);
  await queue(world, US, 300);
  await queue(world, DE, 300);
  await drain(world);
  // Whatever came first: never more than 120 to the US, and 200 in all, to the last one.
  expect(sms.taken).toHaveLength(200);
  expect(sms.in(US)).toBeLessThanOrEqual(120);
  expect(await ledger(db)).toEqual({ '*': 2_000_000, US: sms.in(US) * 10_000, DE: sms.in(DE) * 10_000 });
  expect(await db.delivery.aggregate({ _sum: { cost: true }, _count: { cost: true } })).toEqual({
    _sum: { cost: 2_000_000n },
    _count: { cost: 200 },
  });
  expect(await db.delivery.count({ where: { status: 'failed', errorCode: 'sms-budget' } })).toBe(400);
});

test('what the provider refuses is given back, while others book', async () => {
  const world = worldOn(db);
  world.smsCost = costs({ SMS_PRICES: 'US:0.01', SMS_DAILY_BUDGET: '100' });
  const sms = provider(world, 3);
  await queue(world, US, 600);
  await drain(world);
  expect(sms.taken).toHaveLength(400);
  expect(await ledger(db)).toEqual({ '*': 4_000_000, US: 4_000_000 });
});

test('a stop in the middle: nothing that was booked after it leaves', async () => {
  const world = worldOn(db);
  const sms = provider(world);
  await queue(world, US, 600);
  const work = drain(world);
  while (sms.taken.length < 50) await new Promise((resolve) => setTimeout(resolve, 1));
  await stopSms(db, 'US');
  const under = sms.taken.length;
  await work;
  // At most what four instances had in hand by then.
  expect(sms.taken.length - under).toBeLessThanOrEqual(4 * 20);
  expect(await db.delivery.count({ where: { errorCode: 'sms-stopped' } })).toBe(600 - sms.taken.length);
});
