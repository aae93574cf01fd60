import { testDatabase } from '@/tests/support/database';
import { asksForCode } from '@/tests/support/person';
import { fromElsewhere, messages, somebody, worldOn } from '@/tests/support/world';

const db = testDatabase();
const email = 'ana@latchkey.test';
const hitsOf = async (policy: string) =>
  (await db.counter.findMany({ where: { key: { startsWith: `${policy}:` } } })).map(({ hits }) => hits.length);

test('RL-2: requests past the limit of identifier and address use up nothing of the identifier’s own limits', async () => {
  const world = worldOn(db);
  await somebody(world);
  for (let round = 0; round < 19; round += 1) await asksForCode(world, email);
  expect(await messages(world)).toHaveLength(5);
  expect(await hitsOf('send-pair')).toEqual([5]);
  expect(await hitsOf('send-identifier-hour')).toEqual([5]);
  expect(await hitsOf('send-identifier-day')).toEqual([5]);
  // The other fifteen of the hour are there for whoever asks from elsewhere.
  for (let round = 0; round < 16; round += 1) await asksForCode(fromElsewhere(world), email);
  expect(await messages(world)).toHaveLength(20);
});
