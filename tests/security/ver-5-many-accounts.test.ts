import { hours } from '@/lib/clock';
import { guesses } from '@/tests/support/attacker';
import { testDatabase } from '@/tests/support/database';
import { fromKnownDevice } from '@/tests/support/devices';
import { asksForCode, takesUp, type Visitor } from '@/tests/support/person';
import { fromElsewhere, latestCode, somebody, type World, worldOn } from '@/tests/support/world';

const db = testDatabase();

/** Codes for so many people, each asked for from a network of its own. */
async function flowsOf(world: World, count: number): Promise<Visitor[]> {
  const visitors: Visitor[] = [];
  for (let n = 0; n < count; n += 1) visitors.push(await asksForCode(fromElsewhere(world), `p${n}@latchkey.test`));
  return visitors;
}

describe('VER-5: guessing across accounts', () => {
  test('one guess at each of a hundred accounts from one network is stopped, and says so', async () => {
    const world = worldOn(db);
    const visitors = await flowsOf(world, 100);
    const outcomes: string[] = [];
    for (const { flow } of visitors) outcomes.push((await takesUp(world, flow).types('000000')).status);
    expect(outcomes.filter((status) => status === 'wrong')).toHaveLength(90);
    expect(outcomes.slice(90)).toEqual(Array(10).fill('refused-here'));
    // What was refused spent nothing of anybody's.
    expect((await db.challenge.aggregate({ _sum: { attempts: true } }))._sum.attempts).toBe(90);
    expect(await db.auditEvent.count({ where: { type: 'guess_refused' } })).toBe(1);
  });

  test('an hour later it may go on, up to a hundred a day', async () => {
    const world = worldOn(db);
    let wrong = 0;
    for (let hour = 0; hour < 8; hour += 1) {
      for (const { flow } of await flowsOf(world, 8))
        wrong += (await guesses(takesUp(world, flow), 5)).filter((status) => status === 'wrong').length;
      world.clock.advance(hours(1));
    }
    expect(wrong).toBe(100);
  });

  test('a right code gives back what it cost, and a known device is no part of it', async () => {
    const world = worldOn(db);
    const { id } = await somebody(world);
    await guesses(await asksForCode(world, 'ana@latchkey.test'), 2);
    const ana = await asksForCode(world, 'ana@latchkey.test');
    await ana.types(await latestCode(world));
    const hits = async () =>
      (await db.counter.findFirstOrThrow({ where: { key: { startsWith: 'guess-address-hour' } } })).hits.length;
    expect(await hits()).toBe(2);
    const home = await fromKnownDevice(world, id);
    await guesses(
      await asksForCode({ ...home, caller: { ...world.caller, devices: home.caller.devices } }, 'ana@latchkey.test'),
      3,
    );
    expect(await hits()).toBe(2);
  });
});
