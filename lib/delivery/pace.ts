import type { Pace } from './port';
import type { SmtpSettings, TwilioSettings } from './settings';

/** SMTP connections that are kept open. Gmail takes more, but few senders need them. */
export const connections = 5;

/**
 * Gmail says 421 4.7.0 or 450 4.2.1 to whoever sends in bursts, without naming a rate; other servers are paced only
 * where EMAIL_PER_SECOND says so. Twice the connections are in hand, so that none waits for the next message.
 */
export function smtpPace({ host, perSecond }: Pick<SmtpSettings, 'host' | 'perSecond'>): Pace {
  const gmail = /(^|\.)(gmail|googlemail|google)\.com$/i.test(host);
  const rate = perSecond ?? (gmail ? 5 : 1_000);
  return { parallel: 2 * connections, perSecond: rate, burst: Math.max(10, rate) };
}

/**
 * A long code sends one message a second; Twilio queues what comes faster, but there a notice would go before a code.
 * A messaging service spreads over its numbers.
 * Source: https://www.twilio.com/docs/messaging/guides/understanding-twilio-rate-limits-and-message-queues
 */
export function twilioPace({ messagingServiceSid, perSecond }: TwilioSettings): Pace {
  const rate = perSecond ?? (messagingServiceSid ? 10 : 1);
  return { parallel: 20, perSecond: rate, burst: Math.max(10, rate) };
}
