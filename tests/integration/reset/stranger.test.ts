import { deriveCode } from '@/lib/otp/derive';
import { requestCode } from '@/lib/reset/request-code';
import { testDatabase } from '@/tests/support/database';
import { asksForCode } from '@/tests/support/person';
import { deliver, messages, somebody, worldOn } from '@/tests/support/world';

const db = testDatabase();

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
