import { minutes, plus } from '@/lib/clock';
import { testDatabase } from '@/tests/support/database';
import { type SentSms, sentSms } from '@/tests/support/sent-sms';
import { messageSid } from '@/tests/support/twilio-simulator';
import { deliver, messages, somebody, worldOn } from '@/tests/support/world';

const db = testDatabase();
beforeEach(async () => {
  await somebody(worldOn(db));
});

const unreachable = (sms: SentSms) => sms.receipt('undelivered', { errorCode: '30003' });

describe('DEL-7: a phone that cannot be reached', () => {
  it('moves the same code to the verified address, once, though Twilio says so ten times', async () => {
    const sms = await sentSms(db);
    const first = await unreachable(sms);
    for (let count = 0; count < 9; count += 1) expect(await unreachable(sms)).toEqual({ status: 'unchanged' });
    const [failover, ...more] = await sms.failovers();
    expect(more).toEqual([]);
    expect(first).toEqual({ status: 'recorded', delivery: 'failed', failoverId: failover?.id });
    const { challengeId, userId } = await sms.row();
    expect(failover).toMatchObject({
      kind: 'code',
      channel: 'email',
      status: 'queued',
      challengeId,
      userId,
      attempts: 0,
    });
  });

  it('has the code in the inbox a moment later', async () => {
    const sms = await sentSms(db);
    await unreachable(sms);
    await deliver(sms.world);
    expect(await messages(sms.world)).toMatchObject([{ channel: 'email', to: 'ana@latchkey.test' }]);
  });

  it.each(['30003', '30004', '30005', '30006', '30450'])('is what Twilio means by %s', async (errorCode) => {
    const sms = await sentSms(db);
    await sms.receipt('undelivered', { errorCode });
    expect(await sms.failovers()).toHaveLength(1);
  });

  it.each(['30002', '30007', '30008', '30034', '30036', '99999', null])(
    'goes by email as well after %s: a second SMS would take the way that has just failed',
    async (errorCode) => {
      const sms = await sentSms(db);
      await sms.receipt('undelivered', { errorCode });
      expect(await sms.failovers()).toHaveLength(1);
    },
  );

  it('moves nothing where no email is configured', async () => {
    const sms = await sentSms(db, {}, { offered: ['sms'] });
    await unreachable(sms);
    expect(await sms.row()).toMatchObject({ status: 'failed', errorClass: 'recipient' });
    expect(await sms.failovers()).toEqual([]);
  });

  it('moves no notice', async () => {
    const sms = await sentSms(db);
    await db.delivery.update({ where: { id: sms.id }, data: { kind: 'password_changed' } });
    await unreachable(sms);
    expect(await sms.failovers()).toEqual([]);
  });

  it('moves nothing back to where it came from', async () => {
    const mail = await sentSms(db);
    await db.delivery.update({ where: { id: mail.id }, data: { channel: 'email', status: 'failed' } });
    const sms = await sentSms(db, { providerMessageId: messageSid(1) });
    await db.delivery.update({ where: { id: sms.id }, data: { failoverOf: mail.id } });
    await unreachable(sms);
    expect(await sms.row()).toMatchObject({ status: 'failed' });
    expect(await sms.failovers()).toEqual([]);
  });

  const at = new Date();
  it.each([
    ['died', { expiresAt: at }],
    ['was used', { consumedAt: at, grantExpiresAt: plus(at, minutes(10)) }],
    ['was closed', { closedAt: at }],
    ['has no tries left', { attempts: 5 }],
  ])('moves no code that %s', async (_what, data) => {
    const sms = await sentSms(db);
    await db.challenge.updateMany({ data });
    await unreachable(sms);
    expect(await sms.row()).toMatchObject({ status: 'failed', errorClass: 'recipient' });
    expect(await sms.failovers()).toEqual([]);
  });

  it('moves a code by the clock that codes live by, to the last moment', async () => {
    const sms = await sentSms(db);
    sms.world.clock.advance(minutes(10) - 1);
    await unreachable(sms);
    expect(await sms.failovers()).toHaveLength(1);
  });

  const later = plus(at, minutes(60));
  it.each([
    ['is not verified', { emailVerifiedAt: null }],
    ["is a disabled person's", { disabledAt: at }],
    ['is distrusted (POST-3)', { distrusted: ['email' as const], distrustUntil: later }],
  ])('leaves alone an address that %s', async (_what, data) => {
    const sms = await sentSms(db);
    await db.user.updateMany({ data });
    await unreachable(sms);
    expect(await sms.failovers()).toEqual([]);
  });

  it.each([
    ['is trusted again', { distrusted: ['email' as const], distrustUntil: plus(at, -1) }],
    ['is not the distrusted one', { distrusted: ['sms' as const], distrustUntil: later }],
  ])('uses an address that %s', async (_what, data) => {
    const sms = await sentSms(db);
    await db.user.updateMany({ data });
    await unreachable(sms);
    expect(await sms.failovers()).toHaveLength(1);
  });

  it('uses the address of somebody who had an account before distrust was kept', async () => {
    const sms = await sentSms(db);
    await db.$executeRaw`UPDATE "User" SET distrusted = NULL`;
    await unreachable(sms);
    expect(await sms.failovers()).toHaveLength(1);
  });
});
