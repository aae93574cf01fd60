import 'server-only';
import type { Twilio } from 'twilio';
import type { TwilioSettings } from '@/lib/delivery/settings';

/** Milliseconds that one request to Twilio may take, body included. */
const defaultTimeout = 10_000;

/** The real SDK, with its own RequestClient, told to be quiet, patient for so long, and where to go. */
export async function createTwilioClient(settings: TwilioSettings, timeout = defaultTimeout): Promise<Twilio> {
  const { default: twilio } = await import('twilio');
  const requests = new twilio.RequestClient({ timeout, keepAlive: true, autoRetry: false });
  // The SDK's time-out watches silence only; this one ends an answer that trickles, socket included.
  requests.axios.interceptors.request.use((config) => Object.assign(config, { signal: AbortSignal.timeout(timeout) }));
  const send = requests.request.bind(requests);
  requests.request = (options) => send({ ...options, uri: moved(options.uri, settings.apiBaseUrl), logLevel: 'off' });
  // `off` also beats TWILIO_LOG_LEVEL=debug, which would print bodies with codes (AUD-2).
  return twilio(settings.accountSid, settings.authToken, { httpClient: requests, logLevel: 'off' });
}

/** The SDK's host is fixed, so a simulator is reached by replacing it here. */
function moved(uri: string, base: string | undefined): string {
  if (!base) return uri;
  const { pathname, search } = new URL(uri);
  return new URL(`${pathname}${search}`, base).href;
}
