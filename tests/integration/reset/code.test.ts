import { minutes, seconds } from '@/lib/clock';
import { testDatabase } from '@/tests/support/database';
import { asksForCode, notThe, takesUp } from '@/tests/support/person';
import { latestCode, messages, somebody, worldOn } from '@/tests/support/world';

const db = testDatabase();

describe('a code', () => {
  test('has five tries; the right one after them fails (VER-2)', async () => {
    const world = worldOn(db);
    await somebody(world);
    const ana = await asksForCode(world, 'ana@latchkey.test');
    const code = await latestCode(world);
    for (const triesLeft of [4, 3, 2, 1, 0])
      expect(await ana.types(notThe(code))).toEqual({ status: 'wrong', triesLeft });
    expect(await ana.types(code)).toEqual({ status: 'exhausted' });
  });

  test('is the same when it is sent again, and its life is not extended', async () => {
    const world = worldOn(db);
    await somebody(world);
    const ana = await asksForCode(world, 'ana@latchkey.test');
    const code = await latestCode(world);
    world.clock.advance(seconds(30));
    expect(await ana.resends()).toMatchObject({ status: 'resent' });
    expect(await latestCode(world)).toBe(code);
    expect(await messages(world)).toHaveLength(2);
    world.clock.advance(minutes(9.5));
    expect(await ana.types(code)).toEqual({ status: 'expired' });
  });

  test('can be sent by the other channel at once, by the same one after 30 seconds, five times in all', async () => {
    const world = worldOn(db);
    await somebody(world);
    const ana = await asksForCode(world, 'ana@latchkey.test');
    expect(await ana.resends('email')).toEqual({ status: 'wait', ms: seconds(30) });
    expect(await ana.resends('sms')).toMatchObject({ status: 'resent' });
    for (let send = 3; send <= 5; send += 1) {
      world.clock.advance(seconds(30));
      expect(await ana.resends('email')).toMatchObject({ status: 'resent' });
    }
    world.clock.advance(seconds(30));
    expect(await ana.resends('email')).toEqual({ status: 'no-sends-left' });
    expect(await messages(world)).toHaveLength(5);
  });

  test('that is nearly dead is replaced by one that inherits the tries (GEN-3)', async () => {
    const world = worldOn(db);
    await somebody(world);
    const ana = await asksForCode(world, 'ana@latchkey.test');
    const first = await latestCode(world);
    await ana.types(notThe(first));
    world.clock.advance(minutes(7) + 1);
    const before = { ...ana.flow };
    expect(await ana.resends()).toMatchObject({ status: 'resent' });
    expect(ana.flow.challengeId).not.toBe(before.challengeId);
    // What it replaces opens nothing any more, and looks alive.
    expect(await takesUp(world, before).types(first)).toEqual({ status: 'wrong', triesLeft: 3 });
    const second = await latestCode(world);
    expect(await ana.types(notThe(second))).toEqual({ status: 'wrong', triesLeft: 3 });
    world.clock.advance(minutes(9));
    expect(await ana.types(second)).toMatchObject({ status: 'proved' });
  });

  test('that is nearly dead keeps the wait between two sends as well (RL-2)', async () => {
    const world = worldOn(db);
    await somebody(world);
    const ana = await asksForCode(world, 'ana@latchkey.test');
    world.clock.advance(minutes(7) - seconds(5));
    expect(await ana.resends()).toMatchObject({ status: 'resent' });
    world.clock.advance(seconds(10));
    expect(await ana.resends()).toEqual({ status: 'wait', ms: seconds(20) });
    expect(await messages(world)).toHaveLength(2);
  });

  test('opens its own challenge only (GEN-5)', async () => {
    const world = worldOn(db);
    await somebody(world);
    await somebody(world, { email: 'bo@latchkey.test', phone: null });
    const ana = await asksForCode(world, 'ana@latchkey.test');
    const anasCode = await latestCode(world);
    const bo = await asksForCode(world, 'bo@latchkey.test');
    expect(await bo.types(anasCode)).toMatchObject({ status: 'wrong' });
    expect(await ana.types(anasCode)).toMatchObject({ status: 'proved' });
  });

  test('whose key was retired counts as expired; rotation alone breaks nothing (GEN-2)', async () => {
    const world = worldOn(db);
    await somebody(world);
    const ana = await asksForCode(world, 'ana@latchkey.test');
    const code = await latestCode(world);
    await db.challenge.updateMany({ data: { keyId: 'retired' } });
    expect(await ana.types(code)).toEqual({ status: 'expired' });
  });
});
