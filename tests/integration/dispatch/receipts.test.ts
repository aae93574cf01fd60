import fc from 'fast-check';
import { testDatabase } from '@/tests/support/database';
import { another, type SentSms, sentSms } from '@/tests/support/sent-sms';
import { messageSid } from '@/tests/support/twilio-simulator';
import { somebody, worldOn } from '@/tests/support/world';

const db = testDatabase();
const unchanged = { status: 'unchanged' };
beforeEach(async () => {
  await somebody(worldOn(db));
});

/** Every column of every delivery, so that nothing changes unseen. */
const everything = () => db.delivery.findMany({ orderBy: { id: 'asc' } });

describe('DEL-8: a receipt', () => {
  it('says that an SMS arrived', async () => {
    const sms = await sentSms(db);
    expect(await sms.receipt('delivered')).toEqual({ status: 'recorded', delivery: 'delivered', failoverId: null });
    expect(await sms.row()).toMatchObject({
      status: 'delivered',
      deliveredAt: expect.any(Date),
      sentAt: expect.any(Date),
      endedAt: expect.any(Date),
      errorClass: null,
      errorCode: null,
    });
  });

  it.each([
    ['30003', 'recipient'],
    ['30007', 'account'],
    ['30008', 'passing'],
    [null, 'passing'],
  ] as const)('says that it did not, by %s: %s', async (errorCode, errorClass) => {
    const sms = await sentSms(db);
    expect(await sms.receipt('undelivered', { errorCode })).toMatchObject({ status: 'recorded', delivery: 'failed' });
    expect(await sms.row()).toMatchObject({
      status: 'failed',
      errorClass,
      errorCode,
      deliveredAt: null,
      endedAt: expect.any(Date),
    });
  });

  it.each(['accepted', 'queued', 'sending', 'sent'] as const)(
    'that says %s before our own result is written proves that Twilio has it',
    async (status) => {
      const sms = await sentSms(db, { status: 'sending', providerMessageId: null });
      expect(await sms.receipt(status)).toEqual({ status: 'recorded', delivery: 'sent', failoverId: null });
      expect(await sms.row()).toMatchObject({
        status: 'sent',
        providerMessageId: messageSid(1),
        transport: 'twilio',
        sentAt: expect.any(Date),
      });
    },
  );

  it('of a try that timed out keeps the next try from sending it again', async () => {
    const sms = await sentSms(db, { status: 'queued', providerMessageId: null });
    await sms.receipt('delivered');
    expect(await sms.row()).toMatchObject({ status: 'delivered', providerMessageId: messageSid(1) });
  });

  it.each(['delivered', 'failed'] as const)('that comes late changes nothing after %s', async (end) => {
    const sms = await sentSms(db);
    await sms.receipt(end, { errorCode: end === 'failed' ? '30003' : null });
    const before = await everything();
    for (const status of ['accepted', 'queued', 'sending', 'sent', 'delivered', 'undelivered', 'failed'] as const)
      expect(await sms.receipt(status, { errorCode: '30005' })).toEqual(unchanged);
    expect(await everything()).toEqual(before);
  });

  it('that comes twice is written once', async () => {
    const sms = await sentSms(db, { status: 'sending', providerMessageId: null });
    await sms.receipt('sent');
    const before = await everything();
    expect(await sms.receipt('sent')).toEqual(unchanged);
    expect(await everything()).toEqual(before);
  });

  it('is written to the audit log when it is final, and not before', async () => {
    const sms = await sentSms(db, { status: 'sending', providerMessageId: null });
    const events = () =>
      db.auditEvent.findMany({ where: { type: { startsWith: 'delivery_' } }, select: { type: true } });
    await sms.receipt('sent');
    expect(await events()).toEqual([]);
    await sms.receipt('delivered');
    expect(await events()).toEqual([{ type: 'delivery_delivered' }]);
  });

  it('gives a message that was sent without an id its id', async () => {
    const sms = await sentSms(db, { providerMessageId: null });
    await sms.receipt('queued');
    expect(await sms.row()).toMatchObject({ status: 'sent', providerMessageId: messageSid(1) });
    expect(await sms.receipt('delivered', { messageId: messageSid(2) })).toEqual(unchanged);
  });

  describe('about nothing of ours changes nothing:', () => {
    const says = async (sms: SentSms, over: object = {}) => {
      const before = await everything();
      expect(await sms.receipt('delivered', over)).toEqual(unchanged);
      expect(await sms.receipt('undelivered', { errorCode: '30003', ...over })).toEqual(unchanged);
      expect(await everything()).toEqual(before);
    };
    test('an unknown delivery', async () => {
      await says(await sentSms(db), { deliveryId: '00000000-0000-4000-8000-000000000000' });
    });
    test('another message', async () => {
      await says(await sentSms(db), { messageId: messageSid(2) });
    });
    test('a decoy', async () => {
      await says(await sentSms(db, { providerMessageId: null }, { email: 'nobody@latchkey.test' }));
    });
    test('a mail', async () => {
      const sms = await sentSms(db, { providerMessageId: null });
      await db.delivery.update({ where: { id: sms.id }, data: { channel: 'email' } });
      await says(sms);
    });
    test('one that was given up', async () => {
      await says(await sentSms(db, { status: 'abandoned', providerMessageId: null }));
    });
  });
});

type Word = Parameters<SentSms['receipt']>[0];

/** What Twilio may say about one message: some of the way, and at most one end. */
const story = fc
  .record({
    way: fc.subarray<Word>(['accepted', 'queued', 'sending', 'sent']),
    end: fc.constantFrom<Word | null>(null, 'delivered', 'undelivered', 'failed'),
    written: fc.boolean(),
  })
  .filter(({ way, end }) => way.length > 0 || end !== null);

/** Each word once or more often, in any order. */
const telling = (words: readonly Word[]): fc.Arbitrary<Word[]> =>
  fc.array(fc.constantFrom(...words), { maxLength: 5 }).chain((again) => {
    const all = [...words, ...again];
    return fc.shuffledSubarray(all, { minLength: all.length });
  });

test('DEL-8: any order of receipts, with any repeats, ends alike', async () => {
  await fc.assert(
    fc.asyncProperty(
      story.chain(({ way, end, written }) => {
        const words = end ? [...way, end] : way;
        return fc.record({
          end: fc.constant(end),
          written: fc.constant(written),
          one: telling(words),
          two: telling(words),
        });
      }),
      async ({ end, written, one, two }) => {
        const row = written ? {} : ({ status: 'sending', providerMessageId: null } as const);
        const first = await sentSms(db, row);
        const second = await another(first, row);
        const ends = [];
        for (const [sms, words] of [
          [first, one],
          [second, two],
        ] as const) {
          for (const word of words) await sms.receipt(word, { errorCode: word === end ? '30003' : null });
          const { id, nextAttemptAt, sentAt, deliveredAt, endedAt, ...kept } = await sms.row();
          const times = [sentAt, deliveredAt, endedAt].map((at) => at !== null);
          ends.push({ ...kept, times, failovers: (await sms.failovers()).length });
        }
        expect(ends[0]).toEqual(ends[1]);
        const failed = end === 'undelivered' || end === 'failed';
        expect(ends[0]?.status).toBe(failed ? 'failed' : (end ?? 'sent'));
        expect(ends[0]?.failovers).toBe(failed ? 1 : 0);
      },
    ),
    { numRuns: 60 },
  );
}, 60_000);
