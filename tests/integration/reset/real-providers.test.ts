import { createSmtpTransport } from '@/lib/delivery/smtp';
import { createTwilioTransport } from '@/lib/delivery/twilio';
import { transportsOf } from '@/lib/dispatch/lanes';
import { testDatabase } from '@/tests/support/database';
import { asksForCode } from '@/tests/support/person';
import { smtpPassword, smtpUser, startSmtpServer, type TestSmtpServer } from '@/tests/support/smtp-server';
import {
  startTwilioSimulator,
  type TwilioSimulator,
  twilioAccount,
  twilioToken,
} from '@/tests/support/twilio-simulator';
import { somebody, type World, worldOn } from '@/tests/support/world';

const db = testDatabase();
let mail: TestSmtpServer;
let phone: TwilioSimulator;
let world: World;

beforeEach(async () => {
  [mail, phone] = await Promise.all([startSmtpServer(), startTwilioSimulator()]);
  const origin = new URL('https://reset.example.test');
  const email = createSmtpTransport(
    {
      EMAIL_HOST: '127.0.0.1',
      EMAIL_PORT: mail.port,
      EMAIL_USE_TLS: true,
      EMAIL_HOST_USER: smtpUser,
      EMAIL_HOST_PASSWORD: smtpPassword,
      DEFAULT_FROM_EMAIL: undefined,
      APP_NAME: 'Latchkey',
      APP_URL: origin,
    },
    { tls: { ca: mail.ca } },
  );
  const sms = createTwilioTransport({
    TWILIO_ACCOUNT_SID: twilioAccount,
    TWILIO_AUTH_TOKEN: twilioToken,
    TWILIO_PHONE_NUMBER: '+12025550100',
    TWILIO_MESSAGING_SERVICE_SID: undefined,
    TWILIO_API_BASE_URL: phone.url,
    APP_URL: origin,
  });
  world = worldOn(db, { origin, transports: { email: [email], sms: [sms] } });
});

afterEach(async () => {
  for (const transport of transportsOf(world.transports)) await transport.close();
  await Promise.all([mail.close(), phone.close()]);
});

test('a code by mail over TLS, a new password, and both are told', async () => {
  await somebody(world);
  const ana = await asksForCode(world, 'ANA@latchkey.test');
  expect(mail.mails.map(({ recipients }) => recipients)).toEqual([['ana@latchkey.test']]);
  const code = mail.mails[0]?.parsed.text?.match(/\b\d{6}\b/)?.[0];
  expect(await ana.types(code)).toMatchObject({ status: 'proved' });
  expect(await ana.chooses('brass otter lantern')).toMatchObject({ status: 'changed' });
  expect(mail.mails[1]?.parsed.subject).toMatch(/password was changed/);
  expect(phone.sent.map(({ Body }) => Body)).toEqual([expect.stringMatching(/password was changed/)]);
});

test('a code by SMS through Twilio’s SDK, to the stored number, for the life it has left', async () => {
  await somebody(world);
  const ana = await asksForCode(world, 'ana@latchkey.test', 'sms');
  expect(phone.sent).toMatchObject([{ To: '+12025550123', ValidityPeriod: '600' }]);
  const code = phone.sent[0]?.Body.match(/^@reset\.example\.test #(\d{6})$/m)?.[1];
  expect(await ana.types(code)).toMatchObject({ status: 'proved' });
  expect(mail.mails).toEqual([]);
});

test('unknown people cost no call and no connection (ENU-2, RL-4)', async () => {
  await asksForCode(world, 'nobody@latchkey.test');
  await asksForCode(world, 'nobody@latchkey.test', 'sms');
  expect(mail.mails).toEqual([]);
  expect(phone.sent).toEqual([]);
});

test('a refusal of the provider changes nothing that the person sees', async () => {
  await somebody(world, { phone: '+12025550199' });
  phone.script('+12025550199', { status: 400, code: 21610, message: 'unsubscribed' });
  const ana = await asksForCode(world, 'ana@latchkey.test', 'sms');
  expect(await ana.types('000000')).toEqual({ status: 'wrong', triesLeft: 4 });
  expect(await db.delivery.findFirstOrThrow()).toMatchObject({
    status: 'failed',
    errorCode: '21610',
    transport: 'twilio',
  });
});
