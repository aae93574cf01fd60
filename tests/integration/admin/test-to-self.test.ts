import { sampleContent } from '@/lib/admin/messages/sample-content';
import { testToSelf } from '@/lib/admin/settings/test-to-self';
import type { Transport } from '@/lib/delivery/port';
import { sendTest } from '@/lib/delivery/send-test';
import { policies } from '@/lib/limits/policies';
import { smsSegments } from '@/lib/messages/gsm7';
import { render } from '@/lib/messages/render';
import { markedAsTest, testMessage } from '@/lib/messages/test-message';
import { freeOfLimits } from '@/lib/sms-budget/cost';
import { stopSms } from '@/lib/sms-budget/switch';
import { testDatabase } from '@/tests/support/database';
import { withProviders } from '@/tests/support/providers';
import { costs, ledger } from '@/tests/support/sms-people';
import type { SmtpMode } from '@/tests/support/smtp-server';

const db = testDatabase();

/** Ana is an admin, with a real mail server and Twilio's double. */
async function scene(mode: SmtpMode = {}) {
  const { world, servers, phone } = await withProviders(db, mode);
  const ana = await db.user.update({ where: { email: 'ana@latchkey.test' }, data: { role: 'admin' } });
  const acting = { ...world, adminId: ana.id };
  const plain = (transport: Transport, to: string) => testMessage(transport.channel, to, world.appName);
  return { acting, plain, mails: servers[0]?.mails ?? [], phone, ana, world };
}
const events = () => db.auditEvent.findMany({ where: { type: 'test_sent' }, orderBy: { at: 'asc' } });

describe('an admin sends a test to themself', () => {
  test('by mail: it arrives, and the server’s answer comes back', async () => {
    const { acting, plain, mails, ana } = await scene();
    expect(await testToSelf(acting, 'smtp', plain)).toEqual({
      status: 'tested',
      outcome: { status: 'sent', answer: expect.stringMatching(/^250 /) },
    });
    expect(mails.map(({ recipients }) => recipients)).toEqual([['ana@latchkey.test']]);
    expect(await events()).toMatchObject([
      { actorId: ana.id, detail: { by: 'admin', transport: 'smtp', outcome: 'sent' } },
    ]);
    expect(JSON.stringify(await events())).not.toMatch(/ana@|202555/);
    // It is no delivery.
    expect(await db.delivery.count()).toBe(0);
  });

  test('a refusal comes back with what it means and what to do', async () => {
    const { acting, plain } = await scene({ refuse: { auth: '535 5.7.8 Username and Password not accepted' } });
    expect(await testToSelf(acting, 'smtp', plain)).toMatchObject({
      status: 'tested',
      outcome: {
        status: 'failed',
        code: '535 5.7.8',
        class: 'account',
        reading: expect.any(String),
        hint: expect.any(String),
      },
    });
    expect(await events()).toMatchObject([{ detail: { outcome: '535 5.7.8' } }]);
  });

  test('by SMS: Twilio’s answer, good or bad, without the number', async () => {
    const { acting, plain, phone } = await scene();
    expect(await testToSelf(acting, 'twilio', plain)).toEqual({
      status: 'tested',
      outcome: { status: 'sent', answer: 'queued' },
    });
    expect(phone.sent).toMatchObject([{ To: '+12025550123' }]);
    phone.script('+12025550123', { status: 400, code: 21608, message: 'The number +12025550123 is unverified' });
    const refused = await testToSelf(acting, 'twilio', plain);
    expect(refused).toMatchObject({ status: 'tested', outcome: { status: 'failed', code: '21608' } });
    expect(JSON.stringify(refused)).not.toContain('2025550123');
  });

  test('only to an address or number of their own that is verified', async () => {
    const { acting, plain, mails, phone, ana } = await scene();
    await db.user.update({ where: { id: ana.id }, data: { emailVerifiedAt: null, phoneVerifiedAt: null } });
    for (const name of ['smtp', 'twilio'])
      expect(await testToSelf(acting, name, plain)).toEqual({ status: 'unreachable' });
    expect(await testToSelf(acting, 'inbox-email', plain)).toEqual({ status: 'no-transport' });
    expect([...mails, ...phone.sent, ...(await events())]).toEqual([]);
  });

  test('no more than an hour allows, by hand', async () => {
    const { acting, plain, mails } = await scene();
    const { most } = policies['by-hand-hour'];
    const outcomes = [];
    for (let n = 0; n < most + 2; n += 1) outcomes.push((await testToSelf(acting, 'smtp', plain)).status);
    expect(outcomes.filter((status) => status === 'tested')).toHaveLength(most);
    expect(outcomes.slice(most)).toEqual(['too-many', 'too-many']);
    expect(mails).toHaveLength(most);
  });

  test('an SMS pays like any other, and none leaves where none may (RL-6)', async () => {
    const { acting, plain, phone } = await scene();
    const priced = {
      ...acting,
      smsCost: costs({ SMS_PRICES: 'US:0.01', SMS_DAILY_BUDGET: '0.015' }),
    };
    expect(await testToSelf(priced, 'twilio', plain)).toMatchObject({ status: 'tested' });
    expect(await ledger(db)).toMatchObject({ US: 10_000 });
    expect(await testToSelf(priced, 'twilio', plain)).toEqual({ status: 'withheld', code: 'sms-budget' });
    const elsewhere = { ...acting, smsCost: { ...freeOfLimits, countries: new Set(['DE']) } };
    expect(await testToSelf(elsewhere, 'twilio', plain)).toEqual({
      status: 'withheld',
      code: 'country-not-allowed',
    });
    await stopSms(db, '*');
    expect(await testToSelf(acting, 'twilio', plain)).toEqual({ status: 'withheld', code: 'sms-stopped' });
    expect(phone.sent).toHaveLength(1);
    expect((await events()).map(({ detail }) => (detail as { outcome: string }).outcome)).toEqual(
      expect.arrayContaining(['sent', 'sms-budget', 'country-not-allowed', 'sms-stopped']),
    );
  });

  test('a message in its words says that it is a test, and its code opens nothing', async () => {
    const { acting, mails, phone, world } = await scene();
    const content = sampleContent('code', { ...world, at: world.clock.now() });
    const worded = async (transport: Transport, to: string) =>
      markedAsTest(await render(content, transport.channel, to));
    await testToSelf(acting, 'smtp', worded);
    await testToSelf(acting, 'twilio', worded);
    expect(mails[0]?.parsed).toMatchObject({
      subject: 'Test: 123456 is your Latchkey code',
      text: expect.stringContaining('This is a test that you sent to yourself.'),
      html: expect.stringContaining('This is a test that you sent to yourself.'),
    });
    expect(phone.sent[0]?.Body).toMatch(/^Test: 123456 is your Latchkey code/);
    expect(smsSegments(phone.sent[0]?.Body ?? '')).toBe(1);
    expect(await db.challenge.count()).toBe(0);
    const codes = await db.auditEvent.findMany();
    expect(JSON.stringify(codes)).not.toContain('123456');
  });
});

test('a provider that never answers keeps nobody waiting', async () => {
  const mute: Transport = {
    name: 'twilio',
    channel: 'sms',
    pace: { parallel: 1, perSecond: 1, burst: 1 },
    send: () => new Promise(() => undefined),
    close: async () => undefined,
  };
  const outcome = await sendTest(mute, testMessage('sms', '+12025550123', 'Latchkey'), 50);
  expect(outcome).toMatchObject({ status: 'failed', code: 'ETIMEDOUT', class: 'passing' });
});
