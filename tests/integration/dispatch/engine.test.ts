import { minutes, plus } from '@/lib/clock';
import { claimDeliveries } from '@/lib/dispatch/claim';
import { createDispatcher } from '@/lib/dispatch/dispatcher';
import { ensureTransports, lanesOf } from '@/lib/dispatch/lanes';
import { writeResults } from '@/lib/dispatch/results';
import { carryOut } from '@/lib/dispatch/send';
import { WordingsInForce } from '@/lib/dispatch/wordings-in-force';
import { SmsGate } from '@/lib/sms-budget/gate';
import { databaseNow, testDatabase } from '@/tests/support/database';
import { deliveryOf } from '@/tests/support/deliveries';
import { queueCode } from '@/tests/support/queue';
import { messages, somebody, type World, worldOn } from '@/tests/support/world';

const db = testDatabase();
let world: World;

beforeEach(async () => {
  world = worldOn(db);
  await somebody(world);
  await ensureTransports(db, world.transports);
});

const claim = (ids?: string[]) =>
  claimDeliveries(
    db,
    lanesOf(world.transports, () => 0),
    world.clock.now(),
    ids,
  );
const leaseEnds = () => db.$executeRaw`UPDATE "Delivery" SET "nextAttemptAt" = now() - interval '1 second'`;
const row = (id: string) => deliveryOf(db, id);

describe('DEL-10: a claim', () => {
  test('keeps others away for 60 seconds of the database’s clock, whatever the app’s says', async () => {
    const id = await queueCode(world, 'ana@latchkey.test');
    world.clock.advance(minutes(5));
    const [before] = await db.$queryRaw<{ now: Date }[]>`SELECT now() AS now`;
    expect(await claim()).toMatchObject([{ id, claim: 1, attempts: 1, transport: 'inbox-email' }]);
    expect(await claim()).toEqual([]);
    const { nextAttemptAt, status } = await row(id);
    expect(status).toBe('sending');
    expect(Math.round((nextAttemptAt.getTime() - (before?.now.getTime() ?? 0)) / 1000)).toBe(60);
  });

  test('takes codes before notices, however long those have waited', async () => {
    const { id: userId } = await db.user.findFirstOrThrow();
    const queuedAt = plus(world.clock.now(), -minutes(30));
    await db.delivery.create({ data: { kind: 'password_changed', channel: 'email', userId, queuedAt } });
    await queueCode(world, 'ana@latchkey.test');
    expect((await claim()).map(({ kind }) => kind)).toEqual(['code', 'password_changed']);
  });

  test('of a worker that died comes back when its lease ends, and its try stays without an end', async () => {
    const id = await queueCode(world, 'ana@latchkey.test');
    await claim();
    await leaseEnds();
    expect(await createDispatcher(world).drain(5_000)).toBe(1);
    expect(await messages(world)).toHaveLength(1);
    const { status, attempts, tries } = await row(id);
    expect({ status, attempts }).toEqual({ status: 'sent', attempts: 2 });
    expect(tries.map(({ number, accepted, endedAt }) => [number, accepted, endedAt !== null])).toEqual([
      [1, null, false],
      [2, true, true],
    ]);
  });

  test('writes no result once somebody else has claimed the row since', async () => {
    const id = await queueCode(world, 'ana@latchkey.test');
    const [slow] = await claim();
    await leaseEnds();
    await claim();
    if (!slow) throw new Error('should be claimed');
    const late = await carryOut(world, slow, {
      gate: new SmsGate(db, world.smsCost),
      wordings: new WordingsInForce(world),
    });
    await writeResults(db, [{ ...late, status: 'failed', errorClass: 'recipient', errorCode: 'late' }], new Date());
    expect(await row(id)).toMatchObject({ status: 'sending', claims: 2, errorCode: null });
  });

  test('takes codes before notices, and the longest due first', async () => {
    const notice = { kind: 'password_changed', channel: 'email', queuedAt: new Date() } as const;
    const { id: userId } = await db.user.findFirstOrThrow();
    await db.delivery.create({ data: { ...notice, userId, nextAttemptAt: plus(await databaseNow(db), -minutes(3)) } });
    const late = await queueCode(world, 'ana@latchkey.test');
    const early = await queueCode(world, 'ana@latchkey.test');
    await db.$executeRaw`UPDATE "Delivery" SET "nextAttemptAt" = now() - interval '1 minute' WHERE id = ${early}::uuid`;
    const [lane] = lanesOf(world.transports, () => 0);
    const one = () => claimDeliveries(db, lane ? [{ ...lane, free: 1 }] : [], new Date());
    expect((await one()).map(({ id }) => id)).toEqual([early]);
    expect((await one()).map(({ id }) => id)).toEqual([late]);
    expect(await one()).toMatchObject([{ kind: 'password_changed' }]);
  });
});

describe('a pace', () => {
  test('is kept by all processes together, and never by decoys (RL-2)', async () => {
    for (let count = 0; count < 6; count += 1) await queueCode(world, 'ana@latchkey.test');
    for (let count = 0; count < 6; count += 1) await queueCode(world, 'nobody@latchkey.test');
    const [lane] = lanesOf(world.transports, () => 0);
    const slowly = () => claimDeliveries(db, lane ? [{ ...lane, perSecond: 0.01, burst: 4 }] : [], new Date());
    const [first, second] = [await slowly(), await slowly()];
    expect(first.filter(({ userId }) => userId !== null)).toHaveLength(4);
    expect(first.filter(({ userId }) => userId === null)).toHaveLength(6);
    expect(second).toEqual([]);
    await db.$executeRaw`UPDATE "Transport" SET "tokensAt" = now() - interval '100 seconds'`;
    expect(await slowly()).toHaveLength(1);
  });
});

describe('what has lost its sense', () => {
  test.each(['used', 'closed', 'expired'] as const)('a code that is %s is abandoned, never sent', async (why) => {
    const id = await queueCode(world, 'ana@latchkey.test');
    const at = new Date();
    if (why === 'expired') world.clock.advance(minutes(10));
    else if (why === 'closed') await db.challenge.updateMany({ data: { closedAt: at } });
    else await db.challenge.updateMany({ data: { consumedAt: at, grantExpiresAt: at } });
    await createDispatcher(world).drain(5_000);
    expect(await messages(world)).toEqual([]);
    expect(await row(id)).toMatchObject({ status: 'abandoned', errorCode: why, endedAt: expect.any(Date) });
    // No provider was asked: it is no try.
    expect(await row(id)).toMatchObject({ attempts: 0, tries: [] });
  });

  test('a message for a channel that is configured no longer goes by the other one', async () => {
    const id = await queueCode(world, 'ana@latchkey.test', 'sms');
    world = worldOn(db, { transports: { email: world.transports.email ?? [] } });
    await createDispatcher(world).drain(5_000);
    expect(await row(id)).toMatchObject({ status: 'failed', errorCode: 'no-transport' });
    expect(await messages(world)).toMatchObject([{ channel: 'email', to: 'ana@latchkey.test' }]);
  });

  test('and where there is no other one it is abandoned', async () => {
    await db.user.updateMany({ data: { emailVerifiedAt: null } });
    const id = await queueCode(world, 'ana@latchkey.test', 'sms');
    world = worldOn(db, { transports: { email: world.transports.email ?? [] } });
    await createDispatcher(world).drain(5_000);
    expect(await row(id)).toMatchObject({ status: 'abandoned', errorCode: 'channel-not-configured' });
  });
});

test('what ended keeps a masked recipient and its keyed hash; a decoy keeps nothing (ENU-2)', async () => {
  const own = await queueCode(world, 'ana@latchkey.test', 'sms');
  const decoy = await queueCode(world, 'nobody@latchkey.test', 'sms');
  await createDispatcher(world).drain(5_000);
  const recipientHash = world.keyring.pepperedHash('recipient', '+12025550123');
  expect(await row(own)).toMatchObject({
    status: 'sent',
    recipientMasked: '+1…23',
    recipientHash,
    transport: 'inbox-sms',
  });
  expect(await row(decoy)).toMatchObject({
    status: 'sent',
    recipientMasked: null,
    recipientHash: null,
    transport: 'inbox-sms',
  });
});
