import fc from 'fast-check';
import { minutes, seconds } from '@/lib/clock';
import { tokenHash } from '@/lib/keys/keyring';
import { deriveNotMe } from '@/lib/keys/not-me';
import { viewChallenge } from '@/lib/otp/challenge';
import { actNotMe, readNotMe } from '@/lib/reset/not-me';
import { emptyDatabase, testDatabase } from '@/tests/support/database';
import { allRows, changedMail, codeMail, linkIn } from '@/tests/support/notices';
import { asksForCode } from '@/tests/support/person';
import { latestCode, messages, somebody, worldOn } from '@/tests/support/world';

const db = testDatabase();
const email = 'ana@latchkey.test';

describe('“cancel this code”, in the mail of a code (POST-3)', () => {
  test('the code that somebody else asked for opens nothing any more, and looks alive to their browser (FLO-4)', async () => {
    const world = worldOn(db);
    await somebody(world);
    const stranger = await asksForCode(world, email);
    const code = await latestCode(world);
    const token = await linkIn(world, codeMail);
    const seen = await viewChallenge(db, stranger.flow.challengeId);

    expect(await readNotMe(world, token)).toEqual({ status: 'close' });
    expect(await actNotMe(world, token)).toEqual({ status: 'closed' });

    expect(await viewChallenge(db, stranger.flow.challengeId)).toEqual(seen);
    expect(await stranger.types(code)).toEqual({ status: 'wrong', triesLeft: 4 });
    expect(await db.auditEvent.count({ where: { type: 'challenge_closed' } })).toBe(1);
  });

  test('a resend of a cancelled code looks the same, and its delivery belongs to nobody', async () => {
    const world = worldOn(db);
    await somebody(world);
    const stranger = await asksForCode(world, email);
    await actNotMe(world, await linkIn(world, codeMail));
    const before = (await messages(world)).length;
    for (const wait of [minutes(1), minutes(7)]) {
      world.clock.advance(wait);
      expect(await stranger.resends()).toMatchObject({ status: 'resent', deliveryId: expect.any(String) });
    }
    expect((await messages(world)).length).toBe(before);
    const rows = await db.delivery.findMany({ where: { kind: 'code' }, orderBy: { queuedAt: 'asc' } });
    expect(rows.map(({ userId }) => userId === null)).toEqual([false, true, true]);
  });

  test('the grant of a code that was typed already spends nothing any more', async () => {
    const world = worldOn(db);
    await somebody(world);
    const stranger = await asksForCode(world, email);
    await stranger.typesTheCode();
    expect(await actNotMe(world, await linkIn(world, codeMail))).toEqual({ status: 'closed' });
    expect(await stranger.chooses('brass otter lantern')).toEqual({ status: 'start-again' });
  });

  test('other codes of the same person live on', async () => {
    const world = worldOn(db);
    await somebody(world);
    await asksForCode(world, email);
    const token = await linkIn(world, codeMail);
    world.clock.advance(seconds(1));
    const ana = await asksForCode(world, email);
    await actNotMe(world, token);
    expect(await ana.typesTheCode()).toMatchObject({ status: 'proved' });
  });

  test('a resend carries the same link, a successor one of its own', async () => {
    const world = worldOn(db);
    await somebody(world);
    const ana = await asksForCode(world, email);
    const first = await linkIn(world, codeMail);
    world.clock.advance(minutes(1));
    await ana.resends();
    expect(await linkIn(world, codeMail)).toBe(first);
    world.clock.advance(minutes(7));
    await ana.resends();
    const next = await linkIn(world, codeMail);
    expect(next).not.toBe(first);
    expect(await actNotMe(world, next)).toEqual({ status: 'closed' });
    expect(await ana.typesTheCode()).toMatchObject({ status: 'wrong' });
  });

  test('where the code has set a password already, it says so and leaves that password alone', async () => {
    const world = worldOn(db);
    await somebody(world);
    const ana = await asksForCode(world, email);
    const token = await linkIn(world, codeMail);
    await ana.typesTheCode();
    await ana.chooses('brass otter lantern');
    const before = await db.user.findFirstOrThrow();
    expect(await actNotMe(world, token)).toEqual({ status: 'too-late' });
    expect(await db.user.findFirstOrThrow()).toEqual(before);
    expect(await db.auditEvent.count({ where: { type: 'challenge_closed' } })).toBe(0);
  });

  test('an SMS carries no link, and neither of its deliveries’ tokens is in any table', async () => {
    const world = worldOn(db);
    await somebody(world);
    const ana = await asksForCode(world, email, 'sms');
    await ana.typesTheCode();
    await ana.chooses('brass otter lantern');
    for (const { text } of await messages(world, 'sms')) expect(text).not.toMatch(/not-me|https?:/);
    const { challengeId } = ana.flow;
    const dump = JSON.stringify(await allRows(world));
    for (const kind of ['close_challenge', 'dispute_password'] as const) {
      const token = deriveNotMe(world.keyring, 'a', kind, challengeId) ?? '';
      expect(dump).toContain(tokenHash(token));
      expect(dump).not.toContain(token);
    }
  });

  test('a decoy has a row alike, of nobody (ENU-2)', async () => {
    const world = worldOn(db);
    await somebody(world);
    await asksForCode(world, email);
    await asksForCode(world, 'nobody@latchkey.test');
    const rows = await db.actionToken.findMany({ orderBy: { userId: 'asc' } });
    expect(rows.map(({ kind, userId }) => [kind, userId === null])).toEqual([
      ['close_challenge', false],
      ['close_challenge', true],
    ]);
    expect(rows[0]?.expiresAt).toEqual(rows[1]?.expiresAt);
  });
});

describe('a link acts once', () => {
  test('whatever is pressed, however often and whenever', async () => {
    const step = fc.record({ link: fc.constantFrom('close', 'dispute'), wait: fc.integer({ min: 0, max: 90 }) });
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 2, maxLength: 6 }), async (steps) => {
        await emptyDatabase(db);
        const world = worldOn(db);
        await somebody(world);
        await asksForCode(world, email);
        const close = await linkIn(world, codeMail);
        world.clock.advance(seconds(1));
        const ana = await asksForCode(world, email);
        await ana.typesTheCode();
        await ana.chooses('brass otter lantern');
        const tokens = { close, dispute: await linkIn(world, changedMail) };
        const pressed = new Set<string>();
        for (const { link, wait } of steps) {
          world.clock.advance(seconds(wait));
          const before = await allRows(world);
          await actNotMe(world, link === 'close' ? tokens.close : tokens.dispute);
          if (pressed.has(link)) expect(await allRows(world)).toEqual(before);
          else expect(await allRows(world)).not.toEqual(before);
          pressed.add(link);
        }
        const user = await db.user.findFirstOrThrow();
        expect(user.passwordVersion).toBe(pressed.has('dispute') ? 2 : 1);
      }),
      { numRuns: 8 },
    );
  });

  test('the second of two clicks is answered as the first was; a minute later the link is dead', async () => {
    const world = worldOn(db);
    await somebody(world);
    await asksForCode(world, email);
    const token = await linkIn(world, codeMail);
    await actNotMe(world, token);
    world.clock.advance(seconds(29));
    expect(await actNotMe(world, token)).toEqual({ status: 'closed' });
    expect(await readNotMe(world, token)).toEqual({ status: 'dead' });
    world.clock.advance(seconds(2));
    expect(await actNotMe(world, token)).toEqual({ status: 'dead' });
  });
});
