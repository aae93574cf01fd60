import type { Channel } from '@/lib/otp/challenge';
import type { ChannelState, Health } from '@/lib/status/channel-health';
import type { DeliveryStep, Trouble } from '@/lib/status/delivery-status';

const subject: Record<Channel, string> = { email: 'Email', sms: 'Text messages' };
const verb: Record<Channel, string> = { email: 'is', sms: 'are' };

/** What everybody is told: true for everyone, and the same words for everyone who asked by this channel. */
export function healthWords(channel: Channel, health: Health, offered: readonly Channel[]): string {
  const other = offered.find((one) => one !== channel);
  switch (health[channel]) {
    case 'at-once':
      return channel === 'email' ? 'Codes by email are leaving at once.' : 'Codes by text message are leaving at once.';
    case 'slow': {
      const slow = `${subject[channel]} ${verb[channel]} slow at the moment`;
      if (other === undefined || health[other] !== 'at-once') return `${slow}.`;
      return `${slow}, ${subject[other].toLowerCase()} ${verb[other]} not.`;
    }
    // Nothing was measured, so nothing is claimed.
    case 'unknown':
      return 'Give the message a minute to arrive.';
  }
}

export type HealthLine = { state: ChannelState; words: string };

const unreached: Record<Channel, string> = {
  email: 'Your email address could not be reached',
  sms: 'Your phone could not be reached',
};
const noun: Record<Channel, string> = { email: 'the email', sms: 'the text message' };
const byChannel: Record<Channel, string> = { email: 'by email', sms: 'by text message' };

const why = (channel: Channel, trouble: Trouble): string =>
  trouble === 'recipient' ? unreached[channel] : `${subject[channel]} ${verb[channel]} held up at the moment`;

/** What a known device is told about its own delivery, in one sentence or two. @param steps at least one */
export function deliveryWords(steps: readonly DeliveryStep[]): string {
  const now = steps.at(-1);
  if (!now) return '';
  const before = steps.at(-2);
  if (!before) return stepWords(now);
  const trouble = why(before.channel, before.trouble);
  if (now.state === 'failed') return `${trouble}, and ${noun[now.channel]} did not go out either.`;
  return `${trouble}, so the same code ${now.sentMs === null ? 'is going' : 'went'} ${byChannel[now.channel]}.`;
}

function stepWords({ channel, state, again, trouble }: DeliveryStep): string {
  switch (state) {
    case 'queued':
      return again ? 'It could not leave at the first try. We try again by ourselves.' : 'It leaves in a moment.';
    case 'sending':
      return 'It is leaving now.';
    case 'sent':
      return channel === 'email' ? 'Your mail provider has taken the message.' : 'Your phone company has the message.';
    case 'delivered':
      return 'The message is on your phone.';
    case 'failed':
      return trouble === null ? 'The code could not be sent.' : `${why(channel, trouble)}, so the code did not go out.`;
  }
}
