import { playSchool, type School } from '@/scripts/support/simulation/school';
import { silence, silencers } from '@/scripts/support/simulation/silence';
import { testDatabase } from '@/tests/support/database';
import { worldOn } from '@/tests/support/world';

// RL-2: what an attacker pays beside what honest people do, played as `npm run simulate` plays it.

const db = testDatabase();

async function people(count: number) {
  await db.user.createMany({
    data: Array.from({ length: count }, (_, n) => ({
      email: `p${n}@example.com`,
      emailVerifiedAt: new Date(0),
      name: 'Somebody',
    })),
  });
  const { clock, caller, blocked, ...world } = worldOn(db);
  return world;
}
const silencer = (who: string, works: boolean, hours: number) => {
  const found = silencers.find((one) => one.who.startsWith(who) && one.works === works && one.hours === hours);
  if (!found) throw new Error(who);
  return found;
};

test('RL-2: silencing one owner for an hour takes four networks and the work of ten doubling codes; waiting is no way', async () => {
  const world = await people(1);
  const worked = await silence(world, silencer('any', true, 1));
  expect(worked).toMatchObject({ networks: 4, requests: 20, silentHours: 1 });
  // 1 + 2 + 4 + 8 + 6 × 10 times the first work, 700 keys in the mean.
  expect(worked.cpuSeconds).toBeCloseTo(75 * 700 * 0.00041, 1);
  await db.counter.deleteMany();
  const waited = await silence(world, silencer('any', false, 1));
  expect(waited).toMatchObject({ requests: 12, silentHours: 0, cpuSeconds: 0 });
});

test('RL-2: one home, with all of its 256 networks, silences nobody', async () => {
  const world = await people(1);
  expect(await silence(world, silencer('one home', true, 1))).toMatchObject({
    requests: 10,
    silentHours: 0,
    cpuSeconds: 0,
  });
});

const school = (scripts: boolean, wrongCodes: number): School => ({ people: 150, scripts, wrongCodes });

test.each([true, false])(
  'RL-2: a school of 150 behind one address recovers within half an hour (scripts: %s)',
  async (scripts) => {
    const seen = await playSchool(await people(150), school(scripts, 0));
    expect(seen).toMatchObject({ gotCode: 1, gotIn: 1 });
    expect(seen.slowestSeconds).toBeLessThanOrEqual(5);
  },
  120_000,
);
