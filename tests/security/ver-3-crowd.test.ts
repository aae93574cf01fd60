import { days, hours, plus } from '@/lib/clock';
import type { Database } from '@/lib/db/client';
import { crowdKeys, setCrowdMark } from '@/lib/otp/guesses';
import { digitsOf } from '@/tests/support/attacker';
import { testDatabase } from '@/tests/support/database';
import { fromKnownDevice } from '@/tests/support/devices';
import { asksForCode } from '@/tests/support/person';
import { latestCode, somebody, worldOn } from '@/tests/support/world';

const db = testDatabase();
const email = 'ana@latchkey.test';

/** So many wrong guesses at everybody in the hour of that moment. */
const guessed = (at: Date, points: number) =>
  db.counter.create({ data: { key: crowdKeys(at).hour, points, expiresAt: plus(at, days(10)) } });

async function markBy(on: Database, now: Date): Promise<number> {
  await on.$executeRaw(setCrowdMark(now));
  return (await on.counter.findUniqueOrThrow({ where: { key: 'guesses-mark' } })).points;
}

describe('VER-3: the site-wide threshold', () => {
  test('far past one and a half times of it, a known device’s six digits still prove, and are sent again', async () => {
    const world = worldOn(db);
    const { id } = await somebody(world);
    const home = await fromKnownDevice(world, id);
    const ana = await asksForCode(home, email);
    const code = await latestCode(world);
    expect(code).toHaveLength(6);
    await guessed(world.clock.now(), 5_000);
    expect(await ana.types('000000')).toEqual({ status: 'wrong', triesLeft: 4 });
    world.clock.advance(60_000);
    expect(await ana.resends()).toMatchObject({ status: 'resent', flow: { challengeId: ana.flow.challengeId } });
    expect(await latestCode(world)).toBe(code);
    expect(await ana.types(code)).toMatchObject({ status: 'proved' });
  });

  test('the guesses of the last 24 hours count, and no earlier ones', async () => {
    const world = worldOn(db);
    await guessed(plus(world.clock.now(), -hours(25)), 5_000);
    expect(await digitsOf(world, await asksForCode(world, 'nobody@latchkey.test'))).toBe(6);
    await guessed(plus(world.clock.now(), -hours(23)), 500);
    expect(await digitsOf(world, await asksForCode(world, 'nobody@latchkey.test'))).toBe(10);
  });

  test('today’s flood does not move it, nor does a quiet day that has just begun', async () => {
    const now = new Date('2026-11-25T12:00:00Z');
    // The seven days before: the median is one of the four at 200.
    for (const [ago, points] of [200, 400, 400, 400, 200, 200, 200].entries())
      await guessed(plus(now, -days(ago + 1)), points);
    expect(await markBy(db, now)).toBe(1_000);
    await guessed(now, 100_000);
    await guessed(plus(now, -hours(12)), 100_000);
    expect(await markBy(db, now)).toBe(1_000);
    await db.counter.deleteMany();
    for (const [ago, points] of [200, 200, 200, 400, 400, 400, 400].entries())
      await guessed(plus(now, -days(ago + 1)), points);
    expect(await markBy(db, now)).toBe(2_000);
  });
});
