import type { Database } from '@/lib/db/client';
import { createTwilioTransport } from '@/lib/delivery/twilio/transport';
import { closing, serverThat, transportTo } from './mailing';
import type { SmtpMode, TestSmtpServer } from './smtp-server';
import { startTwilioSimulator, type TwilioSimulator, twilioAccount, twilioToken } from './twilio-simulator';
import { somebody, type World, worldOn } from './world';

const origin = new URL('https://reset.example.test');

/**
 * A world, with Ana in it, whose mail goes to real SMTP servers in this order and whose SMS go to the simulator.
 * All of it ends with the test.
 */
export async function withProviders(
  db: Database,
  ...modes: SmtpMode[]
): Promise<{ world: World; servers: TestSmtpServer[]; phone: TwilioSimulator }> {
  const phone = await startTwilioSimulator();
  closing.push(() => phone.close());
  const servers = await Promise.all(modes.map(serverThat));
  const email = servers.map(({ port, ca }, place) => {
    // Every mode answers, but late on a busy machine.
    const options = { tls: { ca }, stepTimeoutMs: 8_000, sendTimeoutMs: 16_000 };
    return transportTo({ port }, { APP_URL: origin }, options, place === 0 ? 'smtp' : 'smtp-fallback');
  });
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
  closing.push(() => sms.close());
  const world = worldOn(db, { origin, transports: { email, sms: [sms] } });
  await somebody(world);
  return { world, servers, phone };
}
