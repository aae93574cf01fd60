import { minutes } from '@/lib/clock';
import { newChallengeId } from '@/lib/otp/derive';
import { newFlowTag } from '@/lib/reset/flow';
import { verifyCode } from '@/lib/reset/verify-code';
import { checkSecondStep } from '@/lib/second-factor/check';
import { sendInboxCode } from '@/lib/second-factor/inbox-code';
import { anAdmin, secondStepOf, type TestAdmin } from '@/tests/support/authenticator';
import { testDatabase } from '@/tests/support/database';
import { asksForCode } from '@/tests/support/person';
import { deliver, latestCode, messages, type World, worldOn } from '@/tests/support/world';

const db = testDatabase();

async function codeFor(world: World, { id }: TestAdmin): Promise<{ challengeId: string; code: string }> {
  const challengeId = newChallengeId();
  await sendInboxCode(secondStepOf(world, true), id, challengeId);
  await deliver(world);
  return { challengeId, code: await latestCode(world) };
}

const types = (world: World, { id }: TestAdmin, challengeId: string, code: unknown) =>
  checkSecondStep(secondStepOf(world, true), { userId: id, challengeId }, code);

describe('ADM-5: the second step of a demonstration', () => {
  test('eight digits in the local inbox open, and not twice', async () => {
    const world = worldOn(db);
    const admin = await anAdmin(world);
    const { challengeId, code } = await codeFor(world, admin);
    const [mail] = await messages(world);
    expect(mail).toMatchObject({ to: admin.email, subject: `${code} is your Latchkey second step` });
    expect(code).toMatch(/^\d{8}$/);
    expect(await types(world, admin, challengeId, code)).toEqual({ status: 'right', by: 'inbox' });
    world.clock.advance(minutes(1));
    expect(await types(world, admin, challengeId, code)).toEqual({ status: 'dead' });
  });

  test('a click that is repeated sends one', async () => {
    const world = worldOn(db);
    const admin = await anAdmin(world);
    const id = newChallengeId();
    const [first, second] = [1, 2].map(() => sendInboxCode(secondStepOf(world, true), admin.id, id));
    expect([await first, await second].filter(Boolean)).toHaveLength(1);
  });

  test('five tries, ten minutes', async () => {
    const world = worldOn(db);
    const admin = await anAdmin(world);
    const { challengeId, code } = await codeFor(world, admin);
    const wrong = code === '00000000' ? '00000001' : '00000000';
    for (let n = 0; n < 5; n += 1) expect(await types(world, admin, challengeId, wrong)).toEqual({ status: 'wrong' });
    expect(await types(world, admin, challengeId, code)).toEqual({ status: 'dead' });
    const next = await codeFor(world, admin);
    world.clock.advance(minutes(10) + 1);
    expect(await types(world, admin, next.challengeId, next.code)).toEqual({ status: 'dead' });
  });

  test('it resets no password, and a password’s code is no second step (GEN-5)', async () => {
    const world = worldOn(db);
    const admin = await anAdmin(world);
    const second = await codeFor(world, admin);
    const now = world.clock.now().getTime();
    const flow = { tag: newFlowTag(), email: admin.email, challengeId: second.challengeId, startedAt: now };
    const forged = { ...flow, channel: 'email' as const, askedAt: now, grant: null, doneAt: null };
    expect(await verifyCode(world, forged, second.code)).not.toMatchObject({ status: 'proved' });
    const reset = await asksForCode(world, admin.email);
    expect(await types(world, admin, reset.flow.challengeId, await latestCode(world))).toEqual({ status: 'dead' });
    expect(await reset.typesTheCode()).toMatchObject({ status: 'proved' });
  });

  test('another admin’s code opens nothing, and where an app is asked for neither does one of the inbox', async () => {
    const world = worldOn(db);
    const [admin, other] = [await anAdmin(world), await anAdmin(world, 'other@latchkey.test')];
    const { challengeId, code } = await codeFor(world, admin);
    expect(await types(world, other, challengeId, code)).not.toMatchObject({ status: 'right' });
    const inProduction = await checkSecondStep(secondStepOf(world), { userId: admin.id, challengeId }, code);
    expect(inProduction).not.toMatchObject({ status: 'right' });
  });
});
