import 'server-only';
import type { Twilio } from 'twilio';
import { twilioPace } from '@/lib/delivery/pace';
import type { OutgoingMessage, SendOutcome, Transport } from '@/lib/delivery/port';
import { asError, type CheckOutcome, type Failed, plainAnswer, secretsOf } from '@/lib/delivery/provider-answer';
import { readTwilioError } from '@/lib/delivery/provider-errors';
import { isLoopback, type TwilioEnv, twilioSettings } from '@/lib/delivery/settings';
import { stopsTransport } from '@/lib/delivery/stops';
import { createTwilioClient } from './client';

/** Twilio's range for ValidityPeriod, in seconds: https://www.twilio.com/docs/api/errors/90007 */
const validity = { least: 1, most: 36_000 };

export type TwilioTransport = Transport & {
  /** Fetches the account and sends nothing. */ check(): Promise<CheckOutcome>;
};

type Thrown = Error & { code?: string | number; status?: number };

/** Axios names its own time-outs; the outcome's code is the one that smtp uses too. */
function codeOf(error: Thrown): string {
  if (error.code === 'ECONNABORTED' || error.code === 'ERR_CANCELED') return 'ETIMEDOUT';
  if (error.code === 'ENOTFOUND' || error.code === 'EAI_AGAIN') return 'EDNS';
  return String(error.code ?? (error.status ? `HTTP ${error.status}` : 'EUNKNOWN'));
}

/**
 * Sends SMS by Twilio's SDK, which is loaded at the first send: that costs 200 ms and 24 MB.
 * Never retries by itself: the dispatcher does, inside the code's life (DEL-7).
 */
export function createTwilioTransport(env: TwilioEnv, options: { timeoutMs?: number } = {}): TwilioTransport {
  const settings = twilioSettings(env);
  let client: Promise<Twilio> | undefined;
  const twilio = (): Promise<Twilio> => {
    client ??= createTwilioClient(settings, options.timeoutMs);
    return client;
  };

  // Twilio refuses an address that it cannot reach (21609), so there are no receipts on a loopback APP_URL; a
  // simulator on this machine can reach it.
  const reachable = !isLoopback(settings.origin.hostname) || Boolean(settings.apiBaseUrl);
  const receiptsTo = (deliveryId: string | undefined) =>
    reachable && deliveryId
      ? { statusCallback: new URL(`/api/webhooks/twilio?delivery=${deliveryId}`, settings.origin).href }
      : {};

  const failed = (thrown: unknown, message?: OutgoingMessage): Failed => {
    const error: Thrown = asError(thrown);
    const code = codeOf(error);
    // Without an answer and without a socket's code it was the SDK that refused the settings.
    const local = error.status === undefined && code === 'EUNKNOWN';
    const answer = plainAnswer(error.message, [settings.authToken, ...(message ? secretsOf(message) : [])]);
    const { class: found } = readTwilioError(code, error.status);
    const stops = local || stopsTransport(code);
    return { status: 'failed', provider: 'twilio', class: local ? 'account' : found, stops, code, answer };
  };

  async function send(message: OutgoingMessage, deliveryId?: string): Promise<SendOutcome> {
    if (message.channel !== 'sms') throw new Error('The Twilio transport carries SMS only.');
    const sender = settings.messagingServiceSid
      ? { messagingServiceSid: settings.messagingServiceSid }
      : { from: settings.phoneNumber ?? '' };
    // DEL-6: what arrives after the code has died is worth nothing.
    const validityPeriod = Math.min(validity.most, Math.max(validity.least, Math.floor(message.validitySeconds)));
    try {
      const { messages } = await twilio();
      const sent = await messages.create({
        ...sender,
        ...receiptsTo(deliveryId),
        to: message.to,
        body: message.text,
        validityPeriod,
      });
      if (sent.errorCode)
        return failed(Object.assign(new Error(sent.errorMessage), { code: sent.errorCode, status: 400 }), message);
      return { status: 'sent', provider: 'twilio', messageId: sent.sid, answer: sent.status };
    } catch (error) {
      return failed(error, message);
    }
  }

  async function check(): Promise<CheckOutcome> {
    try {
      const account = await (await twilio()).api.v2010.accounts(settings.accountSid).fetch();
      return { status: 'ready', provider: 'twilio', answer: `account ${account.status}, ${account.type}` };
    } catch (error) {
      return failed(error);
    }
  }

  return { name: 'twilio', channel: 'sms', pace: twilioPace(settings), send, check, close: async () => undefined };
}
