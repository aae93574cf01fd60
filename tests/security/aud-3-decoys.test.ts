import { countDecoys } from '@/lib/admin/deliveries/decoy-count';
import { hours, minutes } from '@/lib/clock';
import { talliesSince, tallyHours } from '@/lib/metrics/tally';
import { purge } from '@/lib/upkeep/purge';
import { guesses } from '@/tests/support/attacker';
import { testDatabase } from '@/tests/support/database';
import { asksForCode } from '@/tests/support/person';
import { fromElsewhere, somebody, worldOn } from '@/tests/support/world';

const db = testDatabase();

/** All times so much earlier, as if the day had gone on. */
async function later(ms: number): Promise<void> {
  const columns = await db.$queryRaw<{ table: string; column: string }[]>`
    SELECT quote_ident(table_name) AS table, quote_ident(column_name) AS column FROM information_schema.columns
    WHERE table_schema = current_schema() AND data_type LIKE 'timestamp%' AND table_name NOT LIKE '_prisma%'`;
  for (const { table, column } of columns)
    await db.$executeRawUnsafe(`UPDATE ${table} SET ${column} = ${column} - ${ms} * interval '1 millisecond'`);
}
const ever = { channel: null, from: null, to: null };
const decoys = () => db.delivery.count({ where: { userId: null } });

test('AUD-3: a decoy’s delivery goes when its code has expired; its challenge, and what was counted, stay', async () => {
  const world = worldOn(db);
  await somebody(world);
  await asksForCode(fromElsewhere(world), 'ana@latchkey.test');
  const visitor = await asksForCode(fromElsewhere(world), 'nobody@latchkey.test');
  await guesses(visitor, 2);
  await asksForCode(fromElsewhere(world), 'none@latchkey.test', 'sms');
  await purge(db, new Date());
  expect(await decoys()).toBe(2);
  await later(minutes(11));
  const told = async () => {
    const from = new Date(world.clock.now().getTime() - hours(3));
    const all = await talliesSince(db, from, new Date(), minutes(5));
    const sum = (what: string, channel: string) =>
      all.filter((one) => one.what === what && one.channel === channel).reduce((total, one) => total + one.count, 0);
    return [sum('decoy', 'email'), sum('decoy', 'sms'), sum('wrong', '-'), sum('requested', 'email')];
  };
  const before = [await told(), await countDecoys(db, ever), await countDecoys(db, { ...ever, channel: 'sms' })];
  expect(before).toEqual([[1, 1, 2, 1], 2, 1]);
  await purge(db, new Date());
  expect(await decoys()).toBe(0);
  expect(await db.delivery.count()).toBe(1);
  expect(await db.challenge.count()).toBe(3);
  expect([await told(), await countDecoys(db, ever), await countDecoys(db, { ...ever, channel: 'sms' })]).toEqual(
    before,
  );
  await purge(db, new Date());
  expect(await countDecoys(db, ever)).toBe(2);
  // The hour that is counted for good says the same.
  await later(hours(2));
  await tallyHours(db, new Date());
  const kept = await db.tally.groupBy({
    by: ['what'],
    where: { what: { in: ['decoy', 'wrong'] } },
    _sum: { count: true },
  });
  expect(Object.fromEntries(kept.map(({ what, _sum }) => [what, _sum.count]))).toEqual({ decoy: 2, wrong: 2 });
  await later(hours(31 * 24));
  await purge(db, new Date());
  expect(await countDecoys(db, ever)).toBe(0);
});
