import { requestCode } from '@/lib/reset/request-code';
import { confirmSession } from '@/lib/session/sessions';
import { signIn } from '@/lib/session/sign-in';
import { testDatabase } from '@/tests/support/database';
import { asksForCode } from '@/tests/support/person';
import { anasPassword, deliver, messages, somebody, worldOn } from '@/tests/support/world';

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

  test('clicks twice on "Send code": one challenge and one message', async () => {
    const world = worldOn(db);
    await somebody(world);
    const ana = await asksForCode(world, 'ana@latchkey.test');
    expect(await requestCode(world, ana.flow, 'email')).toMatchObject({ status: 'requested', deliveryId: null });
    await deliver(world);
    expect(await messages(world)).toHaveLength(1);
  });
});
