import { type Result, writeResults } from '@/lib/dispatch/results';
import { testDatabase } from '@/tests/support/database';
import { type SentSms, sentSms } from '@/tests/support/sent-sms';
import { messageSid } from '@/tests/support/twilio-simulator';
import { somebody, worldOn } from '@/tests/support/world';

const db = testDatabase();

/** Twilio has the message, and we have not yet written down that it does. */
async function inHand(): Promise<SentSms> {
  await somebody(worldOn(db));
  const sms = await sentSms(db, { status: 'sending', providerMessageId: null });
  await db.deliveryAttempt.create({ data: { deliveryId: sms.id, number: 1, transport: 'twilio' } });
  return sms;
}

const ours = (sms: SentSms, over: Partial<Result> = {}): Result => ({
  id: sms.id,
  claim: 1,
  attempt: 1,
  status: 'sent',
  transport: 'twilio',
  messageId: messageSid(1),
  errorClass: null,
  errorCode: null,
  answer: 'queued',
  retryInMs: 0,
  failover: null,
  recipientMasked: '+1•••••••123',
  recipientHash: 'hash',
  verdict: 'works',
  probe: false,
  unused: false,
  country: null,
  cost: null,
  giveBack: null,
  ...over,
});

describe('DEL-8: a receipt that comes before our own result', () => {
  it.each([
    ['queued', 'sent'],
    ['sent', 'sent'],
    ['delivered', 'delivered'],
    ['undelivered', 'failed'],
  ] as const)('and says %s stays, and the result adds what it knows', async (said, status) => {
    const sms = await inHand();
    await sms.receipt(said, { errorCode: said === 'undelivered' ? '30003' : null });
    const { sentAt, endedAt, errorCode } = await sms.row();
    await writeResults(db, [ours(sms)], new Date());
    expect(await sms.row()).toMatchObject({
      status,
      sentAt,
      endedAt,
      errorCode,
      recipientMasked: '+1•••••••123',
      recipientHash: 'hash',
    });
    expect(await db.deliveryAttempt.findMany()).toMatchObject([{ accepted: true, endedAt: expect.any(Date) }]);
  });

  it.each(['sent', 'delivered'] as const)(
    'and says %s outweighs a time-out of ours: nothing is sent again',
    async (said) => {
      const sms = await inHand();
      await sms.receipt(said);
      const { sentAt, endedAt } = await sms.row();
      await writeResults(
        db,
        [
          ours(sms, {
            status: 'queued',
            messageId: null,
            errorClass: 'passing',
            errorCode: 'ETIMEDOUT',
            retryInMs: 500,
          }),
        ],
        new Date(),
      );
      expect(await sms.row()).toMatchObject({
        status: said,
        providerMessageId: messageSid(1),
        errorCode: null,
        sentAt,
        endedAt,
      });
      expect(await db.deliveryAttempt.findMany()).toMatchObject([{ accepted: false, errorCode: 'ETIMEDOUT' }]);
    },
  );

  it('and moves the code lets no result of ours move it again', async () => {
    const sms = await inHand();
    await sms.receipt('undelivered', { errorCode: '30003' });
    await writeResults(db, [ours(sms, { status: 'failed', errorClass: 'recipient', failover: 'email' })], new Date());
    expect(await sms.failovers()).toHaveLength(1);
  });

  it('keeps its message, though a later try made another', async () => {
    const sms = await inHand();
    await sms.receipt('delivered');
    await writeResults(db, [ours(sms, { messageId: messageSid(2) })], new Date());
    expect(await sms.row()).toMatchObject({ status: 'delivered', providerMessageId: messageSid(1) });
  });
});
