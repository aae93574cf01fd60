import { seconds } from '@/lib/clock';
import { actNotMe } from '@/lib/reset/not-me';
import { requestCode } from '@/lib/reset/request-code';
import { resendCode } from '@/lib/reset/resend-code';
import { start } from '@/lib/reset/start';
import { createSession } from '@/lib/session/sessions';
import { emptyDatabase, testDatabase } from '@/tests/support/database';
import { changedMail, codeMail, linkIn } from '@/tests/support/notices';
import { asksForCode } from '@/tests/support/person';
import { deliver, nothingCounted, somebody, type World, whoFits, worldOn } from '@/tests/support/world';

const db = testDatabase();
const email = 'ana@latchkey.test';
const theirs = 'an intruder’s password';

const times = <T>(count: number, act: (index: number) => Promise<T>): Promise<T[]> =>
  Promise.all(Array.from({ length: count }, (_, index) => act(index)));
const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** Races are run several times, the second runner starting a little later each time. */
async function races(rounds: number, race: (world: World, round: number) => Promise<void>): Promise<void> {
  for (let round = 0; round < rounds; round += 1) {
    await emptyDatabase(db);
    const world = worldOn(db);
    await somebody(world);
    await race(world, round);
  }
}

/** @returns the link of the mail that tells of the intruder's reset */
async function intruderResets(world: World): Promise<string> {
  const intruder = await asksForCode(world, email);
  await intruder.typesTheCode();
  await intruder.chooses(theirs);
  return linkIn(world, changedMail);
}

test('20 clicks at once on “this wasn’t me” stop the password once and open one challenge', async () => {
  const world = worldOn(db);
  await somebody(world);
  const token = await intruderResets(world);
  const outcomes = await times(20, () => actNotMe(world, token));
  const ids = outcomes.map((outcome) => outcome.status === 'disputed' && outcome.flow.challengeId);
  expect(new Set(ids).size).toBe(1);
  expect(ids).not.toContain(false);
  expect(outcomes.flatMap((outcome) => ('deliveryIds' in outcome ? outcome.deliveryIds : []))).toHaveLength(1);
  expect(await db.user.findFirstOrThrow()).toMatchObject({ passwordVersion: 2, passwordHash: null });
  expect(await db.auditEvent.count({ where: { type: 'password_disputed' } })).toBe(1);
});

test('20 clicks at once on “cancel this code” cancel it once', async () => {
  const world = worldOn(db);
  await somebody(world);
  await asksForCode(world, email);
  const token = await linkIn(world, codeMail);
  const outcomes = await times(20, () => actNotMe(world, token));
  expect(new Set(outcomes.map(({ status }) => status))).toEqual(new Set(['closed']));
  expect(await db.auditEvent.count({ where: { type: 'challenge_closed' } })).toBe(1);
});

test('cancelling beside the reset that spends the grant: one of them comes first, and both say so', async () => {
  const seen = new Set<string>();
  await races(12, async (world, round) => {
    const intruder = await asksForCode(world, email);
    const token = await linkIn(world, codeMail);
    await intruder.typesTheCode();
    // Hashing the password takes a while before the transaction begins.
    const cancelling = pause(round * 4).then(() => actNotMe(world, token));
    const [reset, link] = await Promise.all([intruder.chooses(theirs), cancelling]);
    seen.add(`${reset.status} ${link.status}`);
    expect(await db.user.findFirstOrThrow()).toMatchObject({ passwordVersion: reset.status === 'changed' ? 1 : 0 });
  });
  for (const both of seen) expect(['changed too-late', 'start-again closed']).toContain(both);
});

test('disputing beside another reset of the intruder’s: it comes first and has a link of its own, or it fails', async () => {
  const seen = new Set<string>();
  await races(12, async (world, round) => {
    const token = await intruderResets(world);
    const again = await asksForCode(world, email);
    await again.typesTheCode();
    const disputing = pause(round * 4).then(() => actNotMe(world, token));
    const [reset, link] = await Promise.all([again.chooses('a second one of theirs'), disputing]);
    seen.add(`${reset.status} ${link.status}`);
    if (reset.status === 'changed')
      expect(await actNotMe(world, await linkIn(world, changedMail))).toMatchObject({ status: 'disputed' });
    expect(await db.user.findFirstOrThrow()).toMatchObject({ passwordHash: null });
  });
  for (const both of seen) expect(['changed dead', 'start-again disputed']).toContain(both);
});

test('disputing beside sign-ins with the disputed password leaves no session behind', async () => {
  await races(6, async (world) => {
    const token = await intruderResets(world);
    const proofs = await times(8, () => whoFits(world, email, theirs));
    const sessions = proofs.map(async (who, index) => {
      await pause(index * 3);
      return who && createSession(world, who, { counted: nothingCounted });
    });
    await Promise.all([pause(8).then(() => actNotMe(world, token)), ...sessions]);
    expect(await db.session.count()).toBe(0);
  });
});

/** A dispute that takes its time: `meanwhile` begins when the user's row is locked, and ends after the commit. */
async function slowDispute<T>(meanwhile: () => Promise<T>): Promise<T> {
  const begun = await db.$transaction(async (tx) => {
    const [user] = await tx.$queryRaw<{ id: string }[]>`SELECT id FROM "User" FOR UPDATE`;
    const outcome = meanwhile();
    outcome.catch(() => undefined);
    await pause(200);
    const where = { userId: user?.id ?? '', closedAt: null };
    await tx.challenge.updateMany({ where, data: { closedAt: new Date() } });
    const distrustUntil = new Date(Date.now() + seconds(60));
    await tx.user.updateMany({ data: { distrusted: ['email'], distrustUntil } });
    return { outcome };
  });
  return begun.outcome;
}

test('a code that is asked for beside a dispute goes by the channel that is still trusted', async () => {
  const world = worldOn(db);
  await somebody(world);
  const begun = start(email, world.clock.now());
  if (begun.status !== 'started') throw new Error('should start');
  expect(await slowDispute(() => requestCode(world, begun.flow, 'email'))).toMatchObject({ status: 'requested' });
  // It did not wait for the dispute (TIM-2): the next look of the dispatcher finds the row free.
  await deliver(world);
  expect(await db.delivery.findMany({ select: { channel: true, status: true } })).toEqual([
    { channel: 'sms', status: 'sent' },
  ]);
});

test.each([seconds(31), seconds(8 * 60)])(
  'a resend beside a dispute, %i ms on, and the dispute do not block each other',
  async (ms) => {
    const world = worldOn(db);
    await somebody(world);
    const ana = await asksForCode(world, email);
    world.clock.advance(ms);
    expect(await slowDispute(() => resendCode(world, ana.flow, 'email'))).toMatchObject({ status: 'resent' });
    // The challenge is closed by then: what it queues is a decoy.
    const deliveries = await db.delivery.findMany({ orderBy: { queuedAt: 'asc' }, select: { userId: true } });
    expect(deliveries).toEqual([{ userId: expect.any(String) }, { userId: null }]);
  },
);
