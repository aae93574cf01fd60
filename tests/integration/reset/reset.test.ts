import { minutes, seconds } from '@/lib/clock';
import { deriveCode } from '@/lib/otp/derive';
import { requestCode } from '@/lib/reset/request-code';
import { confirmSession } from '@/lib/session/sessions';
import { signIn } from '@/lib/session/sign-in';
import { testDatabase } from '@/tests/support/database';
import { asksForCode, notThe } from '@/tests/support/person';
import { anasPassword, deliver, latestCode, messages, somebody, worldOn } from '@/tests/support/world';

const db = testDatabase();

const newPassword = 'brass otter lantern';

describe('someone who forgot a password', () => {
  test.each(['email', 'sms'] as const)(
    'gets a code by %s, proves it, sets a new password and signs in',
    async (channel) => {
      const world = worldOn(db);
      await somebody(world);
      const ana = await asksForCode(world, ' ANA@latchkey.test ', channel);
      expect(await messages(world, channel)).toHaveLength(1);
      expect(await ana.typesTheCode()).toMatchObject({ status: 'proved' });
      expect(await ana.chooses(newPassword)).toMatchObject({ status: 'changed' });
      expect(await signIn(world, 'ana@latchkey.test', anasPassword)).toEqual({ status: 'refused' });
      expect(await signIn(world, 'ana@latchkey.test', newPassword)).toMatchObject({ status: 'signed-in' });
    },
  );

  test('who has no number gets by email what was asked by SMS, and the other way round', async () => {
    const world = worldOn(db);
    await somebody(world, { email: 'no-phone@latchkey.test', phone: null });
    await somebody(world, { email: 'no-mail@latchkey.test', emailVerified: false });
    await asksForCode(world, 'no-phone@latchkey.test', 'sms');
    expect(await messages(world)).toMatchObject([{ channel: 'email', to: 'no-phone@latchkey.test' }]);
    await asksForCode(world, 'no-mail@latchkey.test', 'email');
    expect(await messages(world, 'sms')).toMatchObject([{ to: '+12025550123' }]);
  });

  test('is told on every verified address and number, and is signed out everywhere (POST-1)', async () => {
    const world = worldOn(db);
    await somebody(world);
    const before = await signIn(world, 'ana@latchkey.test', anasPassword);
    if (before.status !== 'signed-in') throw new Error('should sign in');
    const elsewhere = await asksForCode(world, 'ana@latchkey.test');
    const ana = await asksForCode(world, 'ana@latchkey.test');
    await ana.typesTheCode();
    const elsewhereCode = (await messages(world))[1]?.text.match(/\d{6}/)?.[0];
    await ana.chooses(newPassword);
    expect(await confirmSession(world, before.token)).toBeNull();
    expect(await db.device.count()).toBe(0);
    expect(
      (await messages(world)).filter((message) => /password was changed/i.test(message.subject ?? message.text)),
    ).toHaveLength(2);
    // The other flow's code was right a moment ago; it looks alive and proves nothing (FLO-4).
    expect(await elsewhere.types(elsewhereCode)).toMatchObject({ status: 'wrong', triesLeft: 4 });
    const types = (await db.auditEvent.findMany()).map((event) => event.type);
    expect(types).toEqual(
      expect.arrayContaining(['code_requested', 'code_verified', 'password_changed', 'sessions_revoked']),
    );
  });

  test('a rejected password costs nothing (FLO-3)', async () => {
    const world = worldOn(db);
    await somebody(world);
    const ana = await asksForCode(world, 'ana@latchkey.test');
    await ana.typesTheCode();
    expect(await ana.chooses('short')).toMatchObject({ status: 'refused', field: 'password', problem: 'too-short' });
    expect(await ana.chooses('password1')).toMatchObject({ problem: 'common' });
    expect(await ana.chooses(newPassword, 'something else')).toMatchObject({ field: 'confirmPassword' });
    expect(await ana.chooses(['brass', 'otter'])).toMatchObject({ problem: 'empty' });
    expect(await ana.chooses(newPassword)).toMatchObject({ status: 'changed' });
  });

  test('a second click on "Set new password" changes nothing more and is no error', async () => {
    const world = worldOn(db);
    await somebody(world);
    const ana = await asksForCode(world, 'ana@latchkey.test');
    await ana.typesTheCode();
    const proved = { ...ana.flow };
    await ana.chooses(newPassword);
    ana.flow = proved;
    expect(await ana.chooses('another password')).toMatchObject({ status: 'changed', deliveryIds: [] });
    expect(await signIn(world, 'ana@latchkey.test', 'another password')).toEqual({ status: 'refused' });
  });
});

describe('a code', () => {
  test('lives for ten minutes and no longer (GEN-3)', async () => {
    const world = worldOn(db);
    await somebody(world);
    const early = await asksForCode(world, 'ana@latchkey.test');
    const code = await latestCode(world);
    world.clock.advance(minutes(10) - 1);
    expect(await early.types(code)).toMatchObject({ status: 'proved' });
    const late = await asksForCode(world, 'ana@latchkey.test');
    const lateCode = await latestCode(world);
    world.clock.advance(minutes(10));
    expect(await late.types(lateCode)).toEqual({ status: 'expired' });
  });

  test('has five tries; the right one after them fails (VER-2)', async () => {
    const world = worldOn(db);
    await somebody(world);
    const ana = await asksForCode(world, 'ana@latchkey.test');
    const code = await latestCode(world);
    for (const triesLeft of [4, 3, 2, 1, 0])
      expect(await ana.types(notThe(code))).toEqual({ status: 'wrong', triesLeft });
    expect(await ana.types(code)).toEqual({ status: 'exhausted' });
  });

  test('what is no code spends no try (VER-6)', async () => {
    const world = worldOn(db);
    await somebody(world);
    const ana = await asksForCode(world, 'ana@latchkey.test');
    for (const typed of ['', 'abcdef', '４８２９１７', '12345', '1'.repeat(40), ['123456'], undefined])
      expect(await ana.types(typed)).toMatchObject({ status: 'refused' });
    expect((await db.challenge.findFirstOrThrow()).attempts).toBe(0);
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
    const before = ana.flow.challengeId;
    expect(await ana.resends()).toMatchObject({ status: 'resent' });
    expect(ana.flow.challengeId).not.toBe(before);
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
    const proved = await ana.types(anasCode);
    if (proved.status !== 'proved') throw new Error('should be proved');
    bo.flow = { ...bo.flow, grant: proved.flow.grant };
    expect(await bo.chooses(newPassword)).toEqual({ status: 'start-again' });
  });

  test('typed twice within 30 seconds opens the same grant; a cookie from before the proof opens nothing (FLO-2)', async () => {
    const world = worldOn(db);
    await somebody(world);
    const ana = await asksForCode(world, 'ana@latchkey.test');
    const copied = { ...ana.flow };
    const code = await latestCode(world);
    const first = await ana.types(code);
    ana.flow = { ...copied };
    const second = await ana.types(code);
    expect(second).toEqual(first);
    ana.flow = copied;
    expect(await ana.chooses(newPassword)).toEqual({ status: 'start-again' });
    world.clock.advance(seconds(31));
    expect(await ana.types(code)).not.toMatchObject({ status: 'proved' });
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

describe('a stranger learns nothing (ENU-1, ENU-2)', () => {
  test.each([
    ['unknown', null],
    ['disabled', { disabled: true }],
    ['without any verified channel', { emailVerified: false, phoneVerified: false }],
  ])('%s: the same rows, tries and ends, and no message', async (_, account) => {
    const world = worldOn(db);
    if (account) await somebody(world, account);
    const before = await db.user.findMany();
    const stranger = await asksForCode(world, 'ana@latchkey.test');
    const challenge = await db.challenge.findFirstOrThrow();
    const delivery = await db.delivery.findFirstOrThrow();
    expect(challenge).toMatchObject({ userId: null, digits: 6, maxAttempts: 5, sends: 1 });
    expect(delivery).toMatchObject({ userId: null, status: 'sent', channel: 'email' });
    expect(await messages(world)).toEqual([]);
    for (const triesLeft of [4, 3, 2, 1, 0])
      expect(await stranger.types('000000')).toEqual({ status: 'wrong', triesLeft });
    expect(await stranger.types('000000')).toEqual({ status: 'exhausted' });
    expect(await db.user.findMany()).toEqual(before);
  });

  test('even the decoy’s own code fits nobody', async () => {
    const world = worldOn(db);
    const stranger = await asksForCode(world, 'nobody@latchkey.test');
    const challenge = await db.challenge.findFirstOrThrow();
    expect(await stranger.types(deriveCode(world.keyring, challenge))).toMatchObject({ status: 'wrong' });
  });

  test('a double click makes one challenge and one message', async () => {
    const world = worldOn(db);
    await somebody(world);
    const ana = await asksForCode(world, 'ana@latchkey.test');
    expect(await requestCode(world, ana.flow, 'email')).toMatchObject({ status: 'requested', deliveryId: null });
    await deliver(world);
    expect(await messages(world)).toHaveLength(1);
  });
});
