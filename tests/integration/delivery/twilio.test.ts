import type { OutgoingMessage } from '@/lib/delivery/port';
import type { TwilioEnv } from '@/lib/delivery/settings';
import { createTwilioTransport } from '@/lib/delivery/twilio/transport';
import { render } from '@/lib/messages/render';
import {
  startTwilioSimulator,
  type TwilioSimulator,
  twilioAccount,
  twilioToken,
} from '@/tests/support/twilio-simulator';

const to = '+12025550123';
const origin = new URL('https://app.example.test');
let simulator: TwilioSimulator;

beforeEach(async () => {
  simulator = await startTwilioSimulator();
});
afterEach(() => simulator.close());

const transport = (over: Partial<TwilioEnv> = {}, options: { timeoutMs?: number } = {}) =>
  createTwilioTransport(
    {
      TWILIO_ACCOUNT_SID: twilioAccount,
      TWILIO_AUTH_TOKEN: twilioToken,
      TWILIO_PHONE_NUMBER: '+12025550100',
      TWILIO_MESSAGING_SERVICE_SID: undefined,
      TWILIO_API_BASE_URL: simulator.url,
      APP_URL: origin,
      ...over,
    },
    options,
  );

const sms = (secondsLeft = 431): Promise<OutgoingMessage> =>
  render(
    { kind: 'code', appName: 'Latchkey', origin, code: '482917', minutes: 7, secondsLeft, notMe: null },
    'sms',
    to,
  );

describe('an SMS that leaves', () => {
  it('is what was rendered, for the life the code has left (DEL-6)', async () => {
    const message = await sms(431);
    const outcome = await transport().send(message);
    expect(outcome).toMatchObject({
      status: 'sent',
      provider: 'twilio',
      messageId: expect.stringMatching(/^SM\d{32}$/),
      answer: 'queued',
    });
    expect(simulator.sent).toEqual([{ To: to, From: '+12025550100', Body: message.text, ValidityPeriod: '431' }]);
  });

  it.each([
    [0, '1'],
    [1.9, '1'],
    [99_999, '36000'],
  ])('keeps a validity of %d s inside what Twilio takes', async (seconds, expected) => {
    await transport().send(await sms(seconds));
    expect(simulator.sent[0]?.ValidityPeriod).toBe(expected);
  });

  it('goes by the messaging service where there is one', async () => {
    await transport({ TWILIO_MESSAGING_SERVICE_SID: 'MG00000000000000000000000000000001' }).send(await sms());
    expect(simulator.sent[0]).toMatchObject({ MessagingServiceSid: 'MG00000000000000000000000000000001' });
    expect(simulator.sent[0]).not.toHaveProperty('From');
  });

  it('shares a connection with the next', async () => {
    const twilio = transport();
    for (let count = 0; count < 3; count += 1) await twilio.send(await sms());
    expect(simulator.sent).toHaveLength(3);
    expect(simulator.connections()).toBe(1);
  });
});

describe('DEL-7: what Twilio refuses', () => {
  it.each([
    [400, 21211, 'recipient', false],
    [400, 21610, 'recipient', false],
    [400, 21408, 'account', false],
    [400, 21608, 'account', false],
    [401, 20003, 'account', true],
    [429, 20429, 'passing', true],
    [429, 63038, 'account', true],
    [400, 29999, 'account', false],
    [503, 29999, 'passing', false],
  ] as const)('%i with %i is told apart, and asked once', async (status, code, expected, stops) => {
    simulator.script(to, { status, code, message: `The number ${to} is not right` });
    const outcome = await transport().send(await sms());
    expect(outcome).toEqual({
      status: 'failed',
      provider: 'twilio',
      class: expected,
      stops,
      code: String(code),
      answer: 'The number … is not right',
    });
    expect(simulator.requests).toHaveLength(1);
  });

  it('takes a page of HTML for an outage', async () => {
    simulator.script(to, { status: 502, body: '<h1>Bad gateway</h1>' });
    expect(await transport().send(await sms())).toMatchObject({
      status: 'failed',
      class: 'passing',
      stops: true,
      code: 'HTTP 502',
    });
  });

  it('gives up on an answer that does not come', async () => {
    simulator.script(to, 'hang');
    const begun = Date.now();
    expect(await transport({}, { timeoutMs: 300 }).send(await sms())).toMatchObject({
      class: 'passing',
      code: 'ETIMEDOUT',
    });
    expect(Date.now() - begun).toBeLessThan(2_000);
  });

  it('says so where nothing listens', async () => {
    const outcome = await transport({ TWILIO_API_BASE_URL: 'http://127.0.0.1:9' }).send(await sms());
    expect(outcome).toMatchObject({ status: 'failed', class: 'passing', code: 'ECONNREFUSED' });
  });

  it('knows a wrong token, and does not repeat it', async () => {
    const outcome = await transport({ TWILIO_AUTH_TOKEN: 'wrong-canary' }).send(await sms());
    expect(outcome).toMatchObject({ status: 'failed', class: 'account', code: '20003' });
    expect(JSON.stringify(outcome)).not.toContain('wrong-canary');
    expect(simulator.sent).toEqual([]);
  });

  it('takes an account that is none for our mistake', async () => {
    const outcome = await transport({ TWILIO_ACCOUNT_SID: 'nonsense' }).send(await sms());
    expect(outcome).toMatchObject({ status: 'failed', class: 'account' });
  });
});

describe('AUD-2: the SDK keeps quiet', () => {
  it('even where TWILIO_LOG_LEVEL asks it to print every request', async () => {
    const before = process.env.TWILIO_LOG_LEVEL;
    process.env.TWILIO_LOG_LEVEL = 'debug';
    const printed = jest.spyOn(console, 'log').mockImplementation(() => undefined);
    try {
      await transport().send(await sms());
      expect(simulator.sent).toHaveLength(1);
      expect(printed).not.toHaveBeenCalled();
    } finally {
      printed.mockRestore();
      if (before === undefined) delete process.env.TWILIO_LOG_LEVEL;
      else process.env.TWILIO_LOG_LEVEL = before;
    }
  });
});

describe('a check of the credentials', () => {
  it('fetches the account and sends nothing', async () => {
    expect(await transport().check()).toEqual({ status: 'ready', provider: 'twilio', answer: 'account active, Trial' });
    expect(simulator.requests).toEqual([`GET /2010-04-01/Accounts/${twilioAccount}.json`]);
  });

  it('tells of a wrong token', async () => {
    expect(await transport({ TWILIO_AUTH_TOKEN: 'wrong' }).check()).toMatchObject({ status: 'failed', code: '20003' });
  });
});
