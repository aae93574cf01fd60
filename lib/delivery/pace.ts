import type { Pace } from './port';
import { isGmail, type SmtpSettings, type TwilioSettings } from './settings';

/** SMTP connections that are kept open. Gmail takes more, but few senders need them. */
export const connections = 5;

/**
 * Gmail says 421 4.7.0 or 450 4.2.1 to whoever sends in bursts, without naming a rate; other servers are paced only
 * where EMAIL_PER_SECOND says so. Four times the connections are in hand, so that one claim fetches many while none waits.
 * Gmail's day has 500 messages, Workspace's 2,000 (DEL-2).
 * Source: https://support.google.com/a/answer/166852
 */
export function smtpPace({ host, user, perSecond }: Pick<SmtpSettings, 'host' | 'user' | 'perSecond'>): Pace {
  const gmail = isGmail(host);
  const rate = perSecond ?? (gmail ? 5 : 1_000);
  const perDay = /@(gmail|googlemail)\.com$/i.test(user ?? '') ? 500 : 2_000;
  return { parallel: 4 * connections, perSecond: rate, burst: Math.max(10, rate), ...(gmail ? { perDay } : {}) };
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
