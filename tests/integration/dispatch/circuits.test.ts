import { createDispatcher } from '@/lib/dispatch/dispatcher';
import { endRests } from '@/tests/support/circuits';
import { testDatabase } from '@/tests/support/database';
import { withProviders } from '@/tests/support/providers';
import { queueCode } from '@/tests/support/queue';
import type { SmtpMode } from '@/tests/support/smtp-server';
import type { World } from '@/tests/support/world';

// Real SMTP servers and the Twilio simulator: what one refuses, another way carries.

const db = testDatabase();

const codeIn = (text: string | undefined) => text?.match(/\b\d{6}\b/)?.[0];
const circuit = (name: string) => db.transport.findUniqueOrThrow({ where: { name } });
const send = (world: World) => createDispatcher(world).drain(5_000);

describe('DEL-7: failover', () => {
  test('a number that cannot be reached: the same code goes by email at once, and only once', async () => {
    const { world, servers, phone } = await withProviders(db, {});
    phone.script('+12025550123', { status: 400, code: 21211, message: 'not a number' });
    const id = await queueCode(world, 'ana@latchkey.test', 'sms');
    await send(world);
    expect(servers[0]?.mails).toHaveLength(1);
    const [first, second] = await db.delivery.findMany({ orderBy: { queuedAt: 'asc' } });
    expect(first).toMatchObject({ id, status: 'failed', errorClass: 'recipient', errorCode: '21211' });
    expect(second).toMatchObject({ failoverOf: id, status: 'sent', channel: 'email', challengeId: first?.challengeId });
    expect(await db.delivery.count()).toBe(2);
  });

  test('it never comes back to the channel that failed', async () => {
    const { world, phone } = await withProviders(db, { refuse: { rcpt: '550 5.1.1 No such user' } });
    phone.script('+12025550123', { status: 400, code: 21610, message: 'stopped' });
    await queueCode(world, 'ana@latchkey.test', 'sms');
    await send(world);
    expect(
      (await db.delivery.findMany({ orderBy: { queuedAt: 'asc' } })).map(({ channel, status }) => [channel, status]),
    ).toEqual([
      ['sms', 'failed'],
      ['email', 'failed'],
    ]);
  });

  test('not to a channel that a disputed reset went over (POST-3)', async () => {
    const { world, servers, phone } = await withProviders(db, {});
    await db.user.updateMany({ data: { distrusted: ['email'], distrustUntil: new Date(Date.now() + 60_000) } });
    phone.script('+12025550123', { status: 400, code: 21211, message: 'not a number' });
    const { id: userId } = await db.user.findFirstOrThrow();
    const id = await queueCode(world, 'ana@latchkey.test', 'sms');
    await db.delivery.update({ where: { id }, data: { channel: 'sms', userId } });
    await send(world);
    expect(servers[0]?.mails).toEqual([]);
    expect(await db.delivery.count()).toBe(1);
  });
});

describe('a circuit', () => {
  test('opens at a refused sign-in: the second server carries that message and the next ones', async () => {
    const { world, servers } = await withProviders(db, { refuse: { auth: '535 5.7.8 no' } }, {});
    await queueCode(world, 'ana@latchkey.test');
    await send(world);
    for (let count = 0; count < 3; count += 1) await queueCode(world, 'ana@latchkey.test');
    await send(world);
    const [first, second] = servers;
    expect(first?.authAttempts()).toBe(1);
    expect(second?.mails).toHaveLength(4);
    expect(await circuit('smtp')).toMatchObject({ openings: 1, lastError: '535 5.7.8', openUntil: expect.any(Date) });
    expect(await circuit('smtp-fallback')).toMatchObject({ failures: 0, openUntil: null });
  });

  test('half-open lets one message probe, and closes when it went through', async () => {
    const refuse: SmtpMode['refuse'] = { auth: '535 5.7.8 no' };
    const { world, servers } = await withProviders(db, { refuse }, {});
    await queueCode(world, 'ana@latchkey.test');
    await send(world);
    const firstOpen = (await circuit('smtp')).openUntil;
    await endRests(db);
    for (let count = 0; count < 5; count += 1) await queueCode(world, 'ana@latchkey.test');
    await send(world);
    expect(servers[0]?.authAttempts()).toBe(2);
    expect(await circuit('smtp')).toMatchObject({ openings: 2 });
    expect((await circuit('smtp')).openUntil?.getTime()).toBeGreaterThan((firstOpen?.getTime() ?? 0) + 10_000);
    delete refuse.auth;
    await endRests(db);
    await queueCode(world, 'ana@latchkey.test');
    await send(world);
    expect(servers[0]?.mails).toHaveLength(1);
    expect(await circuit('smtp')).toMatchObject({ openings: 0, failures: 0, openUntil: null });
    expect(servers[1]?.mails).toHaveLength(6);
  });

  test('of the only mail server: codes go by text message meanwhile', async () => {
    const { world, phone } = await withProviders(db, { refuse: { auth: '535 5.7.8 no' } });
    await queueCode(world, 'ana@latchkey.test');
    await send(world);
    await queueCode(world, 'ana@latchkey.test');
    await send(world);
    expect(phone.sent).toHaveLength(2);
    const codes = phone.sent.map(({ Body }) => codeIn(Body));
    expect(new Set(codes).size).toBe(2);
  });

  test('does not open for what concerns one person or one message alone', async () => {
    const { world, phone } = await withProviders(db, { refuse: { rcpt: '550 5.1.1 No such user' } });
    phone.script('+12025550123', { status: 400, code: 21608, message: 'trial' });
    for (let count = 0; count < 5; count += 1) {
      await queueCode(world, 'ana@latchkey.test', 'sms');
      await queueCode(world, 'ana@latchkey.test', 'email');
    }
    await send(world);
    expect(await circuit('smtp')).toMatchObject({ openUntil: null, failures: 0 });
    expect(await circuit('twilio')).toMatchObject({ openUntil: null, failures: 0 });
  });

  test('opens at the third failure in a row of a server that cannot be reached', async () => {
    const { world, servers } = await withProviders(db, {}, {});
    await servers[0]?.close();
    for (let count = 0; count < 3; count += 1) await queueCode(world, 'ana@latchkey.test');
    await send(world);
    expect(await circuit('smtp')).toMatchObject({ failures: 3, openings: 1, lastError: 'ECONNREFUSED' });
    await db.$executeRaw`UPDATE "Delivery" SET "nextAttemptAt" = now() WHERE status = 'queued'`;
    await send(world);
    expect(servers[1]?.mails).toHaveLength(3);
  });
});
