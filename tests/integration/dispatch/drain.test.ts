import { setTimeout as wait } from 'node:timers/promises';
import type { Transport } from '@/lib/delivery/port';
import { createDispatcher } from '@/lib/dispatch/dispatcher';
import { testDatabase } from '@/tests/support/database';
import { queueCode } from '@/tests/support/queue';
import { countedDatabase } from '@/tests/support/statements';
import { somebody, worldOn } from '@/tests/support/world';

testDatabase();
const { db, statements } = countedDatabase();
afterAll(() => db.$disconnect());

const pace = { parallel: 10, perSecond: 1_000, burst: 1_000 };

test('a drain waits for a slow send without asking the database again and again, after a failover too', async () => {
  const refuses: Transport = {
    name: 'twilio',
    channel: 'sms',
    pace,
    send: async () => ({
      status: 'failed',
      provider: 'twilio',
      class: 'recipient',
      stops: false,
      code: '21211',
      answer: 'no such number',
    }),
    close: async () => {},
  };
  const slow: Transport = {
    name: 'smtp',
    channel: 'email',
    pace,
    send: async () => {
      await wait(1_000);
      return { status: 'sent', provider: 'smtp', messageId: null, answer: '250' };
    },
    close: async () => {},
  };
  const world = worldOn(db, { transports: { email: [slow], sms: [refuses] } });
  await somebody(world);
  await queueCode(world, 'ana@latchkey.test', 'sms');
  const before = statements.length;
  const began = performance.now();
  expect(await createDispatcher(world).drain(5_000)).toBe(2);
  const seconds = (performance.now() - began) / 1_000;
  const asked = statements.slice(before);
  const looks = asked.filter((statement) => statement.includes('WITH lane AS'));
  // Twenty looks a second at the most, and those that follow at once on a message's end.
  expect(looks.length).toBeGreaterThan(0);
  expect(looks.length).toBeLessThanOrEqual(20 * seconds + 2);
  // One a second at what was held for a locked person.
  const held = asked.filter((statement) => statement.includes('"heldFor" IS NOT NULL'));
  expect(held.length).toBeLessThanOrEqual(seconds + 1);
  // What the two messages cost, the words that are in force, and one round of upkeep: two of it for alerts, one for the
  // audit's seals, one for the clocks, nine for the purge.
  expect(asked.length - looks.length - held.length).toBeLessThanOrEqual(27);
});
