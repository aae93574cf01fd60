import type { Database } from '@/lib/db/client';
import { createSmtpTransport } from '@/lib/delivery/smtp';
import { createTwilioTransport } from '@/lib/delivery/twilio';
import { transportsOf } from '@/lib/dispatch/lanes';
import { type SmtpMode, smtpPassword, smtpUser, startSmtpServer, type TestSmtpServer } from './smtp-server';
import { startTwilioSimulator, type TwilioSimulator, twilioAccount, twilioToken } from './twilio-simulator';
import { somebody, type World, worldOn } from './world';

const origin = new URL('https://reset.example.test');
const closing: (() => Promise<void>)[] = [];

afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

/**
 * A world, with Ana in it, whose mail goes to real SMTP servers in this order and whose SMS go to the simulator.
 * All of it ends with the test.
 */
export async function withProviders(
  db: Database,
  ...modes: SmtpMode[]
): Promise<{ world: World; servers: TestSmtpServer[]; phone: TwilioSimulator }> {
  const phone = await startTwilioSimulator();
  const servers = await Promise.all(modes.map((mode) => startSmtpServer(mode)));
  const email = servers.map(({ port, ca }, place) =>
    createSmtpTransport(
      {
        EMAIL_HOST: '127.0.0.1',
        EMAIL_PORT: port,
        EMAIL_USE_TLS: true,
        EMAIL_HOST_USER: smtpUser,
        EMAIL_HOST_PASSWORD: smtpPassword,
        DEFAULT_FROM_EMAIL: undefined,
        APP_NAME: 'Latchkey',
        APP_URL: origin,
      },
      { tls: { ca }, stepTimeoutMs: 1_000, sendTimeoutMs: 2_000 },
      place === 0 ? 'smtp' : 'smtp-fallback',
    ),
  );
  const sms = createTwilioTransport(
    {
      TWILIO_ACCOUNT_SID: twilioAccount,
      TWILIO_AUTH_TOKEN: twilioToken,
      TWILIO_PHONE_NUMBER: '+12025550100',
      TWILIO_MESSAGING_SERVICE_SID: undefined,
      TWILIO_API_BASE_URL: phone.url,
      APP_URL: origin,
    },
    { timeoutMs: 1_000 },
  );
  const world = worldOn(db, { origin, transports: { email, sms: [sms] } });
  closing.push(...servers.map((server) => () => server.close()), () => phone.close());
  closing.push(...transportsOf(world.transports).map((transport) => () => transport.close()));
  await somebody(world);
  return { world, servers, phone };
}
