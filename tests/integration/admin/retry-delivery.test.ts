import { tooManyByHand } from '@/lib/admin/by-hand';
import { retryDelivery, whyNotRetry } from '@/lib/admin/deliveries/retry-delivery';
import { inviteToReset } from '@/lib/admin/people/help-person';
import { hours, minutes, plus } from '@/lib/clock';
import { testDatabase } from '@/tests/support/database';
import { failedCode } from '@/tests/support/failed-delivery';
import { deliver, messages, somebody, type World, worldOn } from '@/tests/support/world';

const db = testDatabase();
const admin = '0b9e1f3a-1111-4222-8333-444455556666';
let world: World;
let ana: string;
beforeEach(async () => {
  world = worldOn(db);
  ana = (await somebody(world)).id;
});

/** Refused alike by the page that would offer it and by the act, with nothing queued. */
async function isRefused(id: string, why: string): Promise<void> {
  const before = await db.delivery.count();
  expect(await whyNotRetry(world, id)).toBe(why);
  expect(await retryDelivery({ ...world, adminId: admin }, id)).toEqual({ status: why });
  expect(await db.delivery.count()).toBe(before);
  expect(await db.auditEvent.count({ where: { type: 'delivery_retried' } })).toBe(0);
}

test('a code that failed is sent once more: the same code, as a delivery of its own, audited', async () => {
  const id = await failedCode(world, { providerMessageId: 'before' });
  expect(await whyNotRetry(world, id)).toBeNull();
  const outcome = await retryDelivery({ ...world, adminId: admin }, id);
  if (outcome.status !== 'queued') throw new Error(outcome.status);
  await deliver(world);
  expect(await messages(world)).toMatchObject([{ channel: 'email', to: 'ana@latchkey.test' }]);
  const rows = await db.delivery.findMany({ orderBy: { queuedAt: 'asc' } });
  expect(rows.find((row) => row.id === id)).toMatchObject({ status: 'failed', providerMessageId: 'before' });
  const again = rows.find((row) => row.id === outcome.deliveryId);
  expect(again).toMatchObject({ status: 'sent', retryOf: id, challengeId: rows[0]?.challengeId });
  expect(await db.auditEvent.findMany({ where: { type: 'delivery_retried' } })).toMatchObject([
    {
      actorId: admin,
      subjectId: ana,
      correlationId: rows[0]?.challengeId,
      detail: { delivery: id, before: 'failed', after: 'queued', retry: outcome.deliveryId },
    },
  ]);
});

test('it is once; a retry that fails as well can be retried itself', async () => {
  const id = await failedCode(world);
  const first = await retryDelivery({ ...world, adminId: admin }, id);
  if (first.status !== 'queued') throw new Error(first.status);
  expect(await retryDelivery({ ...world, adminId: admin }, id)).toEqual({ status: 'already' });
  expect(await retryDelivery({ ...world, adminId: admin }, first.deliveryId)).toEqual({ status: 'not-failed' });
  await db.delivery.update({ where: { id: first.deliveryId }, data: { status: 'abandoned' } });
  expect((await retryDelivery({ ...world, adminId: admin }, first.deliveryId)).status).toBe('queued');
});

describe('a code is not sent once more', () => {
  test('that is worth nothing: dying, used, closed or guessed out', async () => {
    const id = await failedCode(world);
    const { challengeId } = await db.delivery.findUniqueOrThrow({ where: { id } });
    if (!challengeId) throw new Error('a code has a challenge');
    const where = { id: challengeId };
    const { expiresAt } = await db.challenge.findUniqueOrThrow({ where });
    const alive = { consumedAt: null, grantExpiresAt: null, closedAt: null, attempts: 0, expiresAt };
    const now = world.clock.now();
    for (const dead of [
      { consumedAt: now, grantExpiresAt: now },
      { closedAt: now },
      { attempts: 5 },
      { expiresAt: now },
    ]) {
      await db.challenge.update({ where, data: { ...alive, ...dead } });
      await isRefused(id, 'worthless');
    }
    await db.challenge.update({ where, data: alive });
    world.clock.advance(minutes(10) - 4_000);
    await isRefused(id, 'worthless');
    await db.challenge.delete({ where });
    await isRefused(id, 'worthless');
  });

  test.each(['queued', 'sending', 'sent', 'delivered'] as const)('that is %s', async (status) => {
    await isRefused(await failedCode(world, { status, channel: 'sms' }), 'not-failed');
  });

  test('that goes by the other channel, or was resent', async () => {
    const id = await failedCode(world);
    const { challengeId } = await db.delivery.findUniqueOrThrow({ where: { id } });
    const over = { kind: 'code', channel: 'sms', challengeId, userId: ana, queuedAt: new Date() } as const;
    const other = await db.delivery.create({ data: { ...over, failoverOf: id } });
    await isRefused(id, 'sent-otherwise');
    await db.delivery.update({ where: { id: other.id }, data: { status: 'failed' } });
    expect(await whyNotRetry(world, id)).toBeNull();
  });

  test('to somebody who is disabled, by a channel that is not verified or distrusted, or to another address', async () => {
    const recipientHash = world.keyring.pepperedHash('recipient', 'ana@latchkey.test');
    const id = await failedCode(world, { recipientHash });
    expect(await whyNotRetry(world, id)).toBeNull();
    const fine = { disabledAt: null, emailVerifiedAt: new Date(), distrustUntil: null, email: 'ana@latchkey.test' };
    const later = new Date(world.clock.now().getTime() + minutes(60));
    for (const change of [
      { disabledAt: new Date() },
      { emailVerifiedAt: null },
      { distrusted: ['email' as const], distrustUntil: later },
      { email: 'other@latchkey.test' },
    ]) {
      await db.user.update({ where: { id: ana }, data: { ...fine, ...change } });
      await isRefused(id, 'unreachable');
    }
  });

  test('that is a decoy’s, or that there is not', async () => {
    const decoy = { kind: 'code', channel: 'email', status: 'failed', userId: null, queuedAt: new Date() } as const;
    await isRefused((await db.delivery.create({ data: decoy })).id, 'unknown');
    await isRefused(admin, 'unknown');
    expect(await retryDelivery({ ...world, adminId: admin }, "x' OR 1=1")).toEqual({ status: 'unknown' });
  });
});

test('a notice is sent once more within a day; what names somebody else’s account, to admins alone', async () => {
  const notice = { kind: 'password_changed', channel: 'email', status: 'abandoned', userId: ana } as const;
  const { id } = await db.delivery.create({ data: { ...notice, queuedAt: world.clock.now() } });
  expect(await whyNotRetry(world, id)).toBeNull();
  const old = new Date(world.clock.now().getTime() - minutes(24 * 60));
  await isRefused((await db.delivery.create({ data: { ...notice, queuedAt: old } })).id, 'worthless');
  const call = { ...notice, kind: 'operator_needed', queuedAt: world.clock.now() } as const;
  const calling = await db.delivery.create({ data: call });
  await isRefused(calling.id, 'unreachable');
  await db.user.update({ where: { id: ana }, data: { role: 'admin' } });
  expect(await whyNotRetry(world, calling.id)).toBeNull();
});

test('sixty messages by hand within an hour are enough; the next one has to wait, and the log says so (RL-2)', async () => {
  const acting = { ...world, adminId: admin };
  const id = await failedCode(world);
  for (let message = 1; message <= 60; message += 1)
    expect(await tooManyByHand(db, acting, world.clock.now())).toBeNull();
  expect(await retryDelivery(acting, id)).toEqual({ status: 'too-many', until: plus(world.clock.now(), hours(1)) });
  expect(await inviteToReset(acting, ana)).toMatchObject({ status: 'too-many' });
  expect(await db.delivery.count()).toBe(1);
  expect(await db.auditEvent.count({ where: { type: 'sent_by_hand_refused', actorId: admin } })).toBe(1);
  expect((await retryDelivery({ ...acting, adminId: ana }, id)).status).toBe('queued');
});
