import { randomUUID } from 'node:crypto';
import type { Prisma } from '@/generated/prisma/client';
import { plus, seconds } from '@/lib/clock';
import type { Flow } from '@/lib/reset/flow';
import { requestCode } from '@/lib/reset/request-code';
import { resendCode } from '@/lib/reset/resend-code';
import { start } from '@/lib/reset/start';
import { rememberDevice } from '@/lib/session/devices';
import { ownDelivery } from '@/lib/status/delivery-status';
import { disableUser } from '@/lib/users/administer';
import { testDatabase } from '../../support/database';
import { countedDatabase } from '../../support/statements';
import { deliver, somebody, type World, worldOn } from '../../support/world';

const db = testDatabase();
let world: World;
let ana: { id: string; email: string };
let anasDevice: string;

beforeEach(async () => {
  world = worldOn(db);
  ana = await somebody(world);
  [anasDevice = ''] = await rememberDevice(world, { userId: ana.id, passwordVersion: 0 }, []);
});

async function asks(email = ana.email, by: 'email' | 'sms' = 'sms'): Promise<Flow> {
  const started = start(email, world.clock.now());
  if (started.status !== 'started') throw new Error(started.problem);
  const requested = await requestCode(world, started.flow, by);
  if (requested.status !== 'requested') throw new Error(requested.status);
  return requested.flow;
}
const seenBy = (flow: Flow, ...deviceIds: string[]) => ownDelivery(db, { challengeId: flow.challengeId, deviceIds });
const newest = () => db.delivery.findFirstOrThrow({ orderBy: { queuedAt: 'desc' } });
const becomes = async (data: Prisma.DeliveryUpdateInput) =>
  db.delivery.update({ where: { id: (await newest()).id }, data });

describe('what a known device sees', () => {
  test('its delivery, step by step', async () => {
    const flow = await asks();
    const { queuedAt } = await newest();
    const step = { channel: 'sms', state: 'queued', again: false, trouble: null, sentMs: null, deliveredMs: null };
    expect(await seenBy(flow, anasDevice)).toEqual([step]);
    await becomes({ status: 'sending' });
    expect(await seenBy(flow, anasDevice)).toEqual([{ ...step, state: 'sending' }]);
    await becomes({ status: 'queued', errorClass: 'passing', errorCode: '20429' });
    expect(await seenBy(flow, anasDevice)).toEqual([{ ...step, again: true, trouble: 'passing' }]);
    await becomes({ status: 'sent', errorClass: null, errorCode: null, sentAt: plus(queuedAt, 240) });
    expect(await seenBy(flow, anasDevice)).toEqual([{ ...step, state: 'sent', sentMs: 240 }]);
    await becomes({ status: 'delivered', deliveredAt: plus(queuedAt, 3_100) });
    expect(await seenBy(flow, anasDevice)).toEqual([{ ...step, state: 'delivered', sentMs: 240, deliveredMs: 3_100 }]);
  });

  test('that it moved to the other channel, in ms from the request', async () => {
    const flow = await asks();
    const { id, queuedAt, challengeId } = await newest();
    await becomes({ status: 'failed', errorClass: 'recipient', errorCode: '21610' });
    const moved = { kind: 'code', channel: 'email', challengeId, userId: ana.id, failoverOf: id } as const;
    await db.delivery.create({
      data: { ...moved, queuedAt: plus(queuedAt, 300), status: 'sent', sentAt: plus(queuedAt, 500) },
    });
    expect(await seenBy(flow, anasDevice)).toMatchObject([
      { channel: 'sms', state: 'failed', trouble: 'recipient', sentMs: null },
      { channel: 'email', state: 'sent', sentMs: 500 },
    ]);
  });

  test('the newest send alone, once it was sent again', async () => {
    const flow = await asks();
    await becomes({ status: 'failed', errorClass: 'recipient' });
    world.clock.advance(seconds(5));
    const again = await resendCode(world, flow, 'email');
    if (again.status !== 'resent') throw new Error(again.status);
    expect(await seenBy(again.flow, anasDevice)).toMatchObject([{ channel: 'email', state: 'queued' }]);
  });

  test('a database whose clock is behind shows no step before the request', async () => {
    const flow = await asks();
    const { queuedAt } = await newest();
    await becomes({ status: 'sent', sentAt: plus(queuedAt, -80) });
    expect(await seenBy(flow, anasDevice)).toMatchObject([{ sentMs: 0 }]);
  });

  test('what the engine itself writes', async () => {
    const flow = await asks(ana.email, 'email');
    await deliver(world);
    expect(await seenBy(flow, anasDevice)).toMatchObject([{ channel: 'email', state: 'sent' }]);
  });
});

describe('what everybody else sees: nothing', () => {
  test('a browser without a device costs no statement', async () => {
    const flow = await asks();
    const { db: counted, statements } = countedDatabase();
    expect(await ownDelivery(counted, { challengeId: flow.challengeId, deviceIds: [] })).toBeNull();
    expect(statements).toEqual([]);
    await counted.$disconnect();
  });

  test('a device of somebody else, of nobody, or one that has ended', async () => {
    const bo = await somebody(world, { email: 'bo@latchkey.test', phone: null });
    const [bosDevice = ''] = await rememberDevice(world, { userId: bo.id, passwordVersion: 0 }, []);
    const flow = await asks();
    expect(await seenBy(flow, bosDevice, randomUUID())).toBeNull();
    expect(await seenBy(flow, bosDevice, anasDevice)).toHaveLength(1);
    await db.device.deleteMany({ where: { userId: ana.id } });
    expect(await seenBy(flow, anasDevice)).toBeNull();
  });

  test('a decoy, whoever looks, by one statement that is the same for a real one', async () => {
    const { db: counted, statements } = countedDatabase();
    const flows = [await asks(), await asks('nobody@latchkey.test')];
    await deliver(world);
    const bo = await somebody(world, { email: 'bo@latchkey.test', phone: null });
    const deviceIds = await rememberDevice(world, { userId: bo.id, passwordVersion: 0 }, []);
    for (const { challengeId } of flows) expect(await ownDelivery(counted, { challengeId, deviceIds })).toBeNull();
    expect(await seenBy(flows[1] as Flow, anasDevice)).toBeNull();
    expect(statements).toHaveLength(2);
    expect(statements[1]).toBe(statements[0]);
    await counted.$disconnect();
  });

  test('a challenge that was closed', async () => {
    const flow = await asks();
    await db.challenge.updateMany({ data: { closedAt: new Date() } });
    expect(await seenBy(flow, anasDevice)).toBeNull();
  });

  test('a person who was shut out', async () => {
    const flow = await asks();
    await disableUser(db, ana.email);
    expect(await seenBy(flow, anasDevice)).toBeNull();
  });

  test('a challenge that never was', async () => {
    const flow = await asks();
    expect(await seenBy({ ...flow, challengeId: 'none' }, anasDevice)).toBeNull();
  });
});

test('a repeated click keeps the moment of the first request; sending again is a new one', async () => {
  const flow = await asks();
  const asked = world.clock.now().getTime();
  expect(flow.askedAt).toBe(asked);
  world.clock.advance(seconds(3));
  const repeated = await requestCode(world, flow, 'email');
  expect(repeated).toMatchObject({ flow: { askedAt: asked, channel: 'sms' } });
  world.clock.advance(seconds(40));
  expect(await resendCode(world, flow, 'sms')).toMatchObject({ flow: { askedAt: asked + seconds(43) } });
});
