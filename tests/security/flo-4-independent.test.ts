import { minutes, seconds } from '@/lib/clock';
import { viewChallenge } from '@/lib/otp/challenge';
import { attacks, guesses } from '@/tests/support/attacker';
import { testDatabase } from '@/tests/support/database';
import { asksForCode, type Visitor } from '@/tests/support/person';
import { fromElsewhere, latestCode, messages, somebody, worldOn } from '@/tests/support/world';

const db = testDatabase();
const email = 'ana@latchkey.test';

const viewOf = ({ flow }: Visitor) => viewChallenge(db, flow.challengeId);

describe('FLO-4: challenges are independent', () => {
  test('strangers ask and guess, with codes of their own: the owner’s is as it was, and right', async () => {
    const world = worldOn(db);
    await somebody(world);
    const ana = await asksForCode(world, email);
    const code = await latestCode(world);
    const before = await viewOf(ana);
    for (let stranger = 0; stranger < 6; stranger += 1) await attacks(world, email, 6, stranger % 2 ? 'sms' : 'email');
    expect(await viewOf(ana)).toEqual(before);
    expect(await ana.types(code)).toMatchObject({ status: 'proved' });
    expect(await ana.chooses('brass otter lantern')).toMatchObject({ status: 'changed' });
  });

  test('two of the owner’s own: the older one works until one of them has set a password', async () => {
    const world = worldOn(db);
    await somebody(world);
    const first = await asksForCode(world, email);
    const code = await latestCode(world);
    const second = await asksForCode(world, email);
    expect(await second.typesTheCode()).toMatchObject({ status: 'proved' });
    expect(await first.types(code)).toMatchObject({ status: 'proved' });
    expect(await first.chooses('brass otter lantern')).toMatchObject({ status: 'changed' });
    expect(await second.chooses('another password')).toEqual({ status: 'start-again' });
  });

  test('a closed one looks alive to its browser, until it would have expired', async () => {
    const world = worldOn(db);
    await somebody(world);
    const stranger = await asksForCode(fromElsewhere(world), email);
    const theirCode = await latestCode(world);
    const open = await asksForCode(fromElsewhere(world), 'nobody@latchkey.test');
    const seen = await viewOf(stranger);
    const ana = await asksForCode(world, email);
    await ana.typesTheCode();
    await ana.chooses('brass otter lantern');
    expect(await db.challenge.findUniqueOrThrow({ where: { id: stranger.flow.challengeId } })).toMatchObject({
      closedAt: expect.any(Date),
    });

    expect(await viewOf(stranger)).toEqual(seen);
    const arrived = (await messages(world)).length;
    // From here on it answers as one that nobody ever closed, even to its own right code.
    expect(await stranger.types(theirCode)).toEqual({ status: 'wrong', triesLeft: 4 });
    expect(await open.types('000000')).toEqual({ status: 'wrong', triesLeft: 4 });
    world.clock.advance(seconds(31));
    for (const visitor of [stranger, open]) expect(await visitor.resends()).toMatchObject({ status: 'resent' });
    expect(await viewOf(stranger)).toEqual(await viewOf(open));
    world.clock.advance(minutes(8));
    // Its successor is a decoy.
    for (const visitor of [stranger, open]) expect(await visitor.resends('sms')).toMatchObject({ status: 'resent' });
    expect(await viewOf(stranger)).toEqual(await viewOf(open));
    expect(await messages(world)).toHaveLength(arrived);
    for (const visitor of [stranger, open])
      expect(await guesses(visitor, 5)).toEqual([...Array(4).fill('wrong'), 'exhausted']);
    world.clock.advance(minutes(10));
    for (const visitor of [stranger, open]) expect(await visitor.types('000000')).toEqual({ status: 'expired' });
  });
});
