import { type InboxMessage, sentTo } from '@/app/dev/inbox/inbox-message';
import { createInboxTransport } from '@/lib/delivery/inbox';
import { testDatabase } from '@/tests/support/database';

const db = testDatabase();

const mail = (count: number) =>
  ({ channel: 'email', to: 'ana@latchkey.test', subject: `Mail ${count}`, text: 't', html: '<p>t</p>' }) as const;

describe('the inbox transport', () => {
  it('keeps a mail whole, and an SMS without a subject', async () => {
    const outcome = await createInboxTransport('email', db).send(mail(1));
    await createInboxTransport('sms', db).send({
      channel: 'sms',
      to: '+12025550123',
      text: 'hello',
      validitySeconds: 60,
    });
    const rows = await db.inboxMessage.findMany({ orderBy: { channel: 'asc' } });
    expect(rows).toMatchObject([
      { channel: 'email', to: 'ana@latchkey.test', subject: 'Mail 1', text: 't', html: '<p>t</p>' },
      { channel: 'sms', to: '+12025550123', subject: null, text: 'hello', html: null },
    ]);
    expect(outcome).toEqual({
      status: 'sent',
      provider: 'inbox',
      messageId: rows[0]?.id,
      answer: 'shown at /dev/inbox',
    });
  });

  it('keeps the newest 200', async () => {
    const at = (count: number) => new Date(Date.now() - count * 1_000);
    const old = Array.from({ length: 205 }, (_, count) => ({ ...mail(count), at: at(count + 1) }));
    await db.inboxMessage.createMany({ data: old });
    await createInboxTransport('email', db).send({ ...mail(0), subject: 'The newest' });
    const kept = await db.inboxMessage.findMany({ orderBy: { at: 'desc' } });
    expect(kept).toHaveLength(200);
    expect(kept[0]?.subject).toBe('The newest');
    expect(kept.at(-1)?.subject).toBe('Mail 198');
  });
});

describe('GET /dev/inbox/messages?to=…', () => {
  const message = (to: string): InboxMessage => ({ id: to, channel: 'email', to, text: '', at: '' });
  const all = ['ana@latchkey.test', 'a_a@latchkey.test', '+12025550123'].map(message);

  it.each([
    ['ana@latchkey.test', ['ana@latchkey.test']],
    [' ANA@Latchkey.test ', ['ana@latchkey.test']],
    ['+12025550123', ['+12025550123']],
    [' 12025550123', ['+12025550123']],
    ['a%a@latchkey.test', []],
    ['a_a@latchkey.test', ['a_a@latchkey.test']],
    ['ana', []],
    ['\u0000', []],
    ['', []],
    ['x'.repeat(100_000), []],
  ])('%# finds exactly that recipient', (to, expected) => {
    expect(sentTo(all, to).map((found) => found.to)).toEqual(expected);
  });
});
