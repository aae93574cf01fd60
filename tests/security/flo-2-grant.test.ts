import { minutes, seconds } from '@/lib/clock';
import { deriveGrant } from '@/lib/otp/derive';
import { holdsGrant } from '@/lib/reset/set-password';
import { testDatabase } from '@/tests/support/database';
import { asksForCode, takesUp } from '@/tests/support/person';
import { anasPassword, latestCode, somebody, whoFits, worldOn } from '@/tests/support/world';

const db = testDatabase();
const email = 'ana@latchkey.test';
const newPassword = 'brass otter lantern';

/** Ana has typed her code. */
async function proved() {
  const world = worldOn(db);
  await somebody(world);
  const ana = await asksForCode(world, email);
  const copied = { ...ana.flow };
  const code = await latestCode(world);
  expect(await ana.types(code)).toMatchObject({ status: 'proved' });
  return { world, ana, copied, code };
}

describe('FLO-2: the right code opens a grant', () => {
  test('typed twice within 30 seconds it opens the same one; a cookie from before the proof opens nothing', async () => {
    const { world, ana, copied, code } = await proved();
    const again = takesUp(world, copied);
    await again.types(code);
    expect(again.flow).toEqual(ana.flow);
    const thief = takesUp(world, copied);
    expect(await thief.chooses(newPassword)).toEqual({ status: 'start-again' });
    world.clock.advance(seconds(31));
    expect(await thief.types(code)).not.toMatchObject({ status: 'proved' });
    expect(await ana.chooses(newPassword)).toMatchObject({ status: 'changed' });
  });

  test('which lives for ten minutes after the proof, and no longer', async () => {
    for (const [after, status] of [
      [minutes(10) - 1, 'changed'],
      [minutes(10), 'start-again'],
    ] as const) {
      await db.user.deleteMany();
      await db.challenge.deleteMany();
      const { world, ana } = await proved();
      world.clock.advance(after);
      expect(await ana.chooses(newPassword)).toMatchObject({ status });
    }
  });

  test('which a repeat of the code does not prolong', async () => {
    const { world, ana, copied, code } = await proved();
    world.clock.advance(seconds(29));
    await takesUp(world, copied).types(code);
    world.clock.advance(minutes(10) - seconds(29));
    expect(await ana.chooses(newPassword)).toEqual({ status: 'start-again' });
  });

  test('which sets one password, however often it is used', async () => {
    const { world, ana } = await proved();
    const kept = { ...ana.flow };
    expect(await ana.chooses(newPassword)).toMatchObject({ status: 'changed' });
    for (const wait of [0, seconds(29), minutes(1)]) {
      world.clock.advance(wait);
      const outcome = await takesUp(world, kept).chooses('another password');
      // A second click is told that it was changed; nothing was.
      expect(outcome.status === 'changed' ? outcome.deliveryIds : []).toEqual([]);
    }
    expect(await whoFits(world, email, newPassword)).not.toBeNull();
    expect(await whoFits(world, email, 'another password')).toBeNull();
    expect((await db.user.findFirstOrThrow()).passwordVersion).toBe(1);
  });

  test('which sets that user’s password and nobody else’s', async () => {
    const { world, ana } = await proved();
    await somebody(world, { email: 'bo@latchkey.test', phone: null });
    await ana.chooses(newPassword);
    expect(await whoFits(world, 'bo@latchkey.test', anasPassword)).not.toBeNull();
    expect(await whoFits(world, 'bo@latchkey.test', newPassword)).toBeNull();
  });

  test('which opens nothing once its owner was disabled', async () => {
    const { ana } = await proved();
    await db.user.updateMany({ data: { disabledAt: new Date() } });
    expect(await ana.chooses(newPassword)).toEqual({ status: 'start-again' });
  });

  test('and only that grant opens the page of the new password', async () => {
    const { world, ana } = await proved();
    const { flow } = ana;
    const where = { id: flow.challengeId };
    expect(await holdsGrant(world, flow)).toBe(true);
    // Another secret of the same form, with everything else right.
    const forged = { ...flow, grant: Buffer.alloc(32, 7).toString('base64url') };
    expect(await holdsGrant(world, forged)).toBe(false);
    expect(await takesUp(world, forged).chooses(newPassword)).toEqual({ status: 'start-again' });
    // The grant of a code that was meant for something else.
    const other = await db.challenge.update({ where, data: { purpose: 'second_step' } });
    expect(await holdsGrant(world, { ...flow, grant: deriveGrant(world.keyring, other) })).toBe(false);
    await db.challenge.update({ where, data: { purpose: 'password_reset' } });

    await db.user.updateMany({ data: { disabledAt: new Date() } });
    expect(await holdsGrant(world, flow)).toBe(false);
    await db.user.updateMany({ data: { disabledAt: null } });
    world.clock.advance(minutes(10) - 1);
    expect(await holdsGrant(world, flow)).toBe(true);
    world.clock.advance(1);
    expect(await holdsGrant(world, flow)).toBe(false);
  });

  test('of 256 bits, which stands in no table', async () => {
    const { ana } = await proved();
    const grant = ana.flow.grant ?? '';
    expect(Buffer.from(grant, 'base64url')).toHaveLength(32);
    expect(JSON.stringify(await db.challenge.findMany())).not.toContain(grant);
  });
});
