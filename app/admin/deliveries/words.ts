import type { TooMany } from '@/lib/admin/by-hand';
import type { ListedDelivery } from '@/lib/admin/deliveries/list';
import type { NotRetried } from '@/lib/admin/deliveries/retry-delivery';

export const channelNames: Record<ListedDelivery['channel'], string> = { email: 'email', sms: 'SMS' };

export const kindNames: Record<ListedDelivery['kind'], string> = {
  code: 'Code for a new password',
  second_step: 'Code for the second step',
  password_changed: 'Notice of a changed password',
  operator_needed: 'Call for an administrator',
  guessing: 'Notice of wrong guesses',
  reset_invited: 'Request to set a password',
  alert_began: 'Alert',
  alert_ended: 'Alert, over',
  second_step_guessed: 'Notice of wrong second steps',
};

export const statusNames: Record<ListedDelivery['status'], string> = {
  queued: 'waiting',
  sending: 'being sent',
  sent: 'sent',
  delivered: 'delivered',
  failed: 'failed',
  abandoned: 'given up',
};

export const statusTones: Record<ListedDelivery['status'], 'good' | 'bad' | 'quiet'> = {
  queued: 'quiet',
  sending: 'quiet',
  sent: 'good',
  delivered: 'good',
  failed: 'bad',
  abandoned: 'bad',
};

export const classNames: Record<NonNullable<ListedDelivery['errorClass']>, string> = {
  recipient: 'recipient out of reach',
  account: 'our account or setup',
  passing: 'passing fault',
};

/** Why a message is not sent once more. */
export const notRetried: Record<NotRetried | TooMany['status'], string> = {
  unknown: 'There is no such delivery.',
  'not-failed': 'It has not failed, so there is nothing to send again.',
  'too-many': 'You have sent as many messages by hand as an hour allows. Wait a while.',
  already: 'It was sent again already.',
  'sent-otherwise': 'The same message is on its way or has left by another delivery.',
  worthless: 'It would be of no use any more: a code must be open and alive, a notice less than a day old.',
  unreachable: 'This person may not or cannot be written to by this channel now, or has another address by now.',
};

/** A code and a provider's own words, which often begin with it. */
export function said(code: string | null, answer: string | null): string {
  return answer && code && answer.startsWith(code) ? answer : [code, answer].filter(Boolean).join(' · ');
}
