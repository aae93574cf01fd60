import { type FailureClass, readSmtpError, readTwilioError } from '@/lib/delivery/provider-errors';

/** What went wrong, in plain words, and what to do about it. `source`: the page that says so, where there is one. */
export type Reading = { reading: string; hint: string; source: string | null };

const own = (reading: string, hint: string): Reading => ({ reading, hint, source: null });
const nothing = 'Nothing to mend.';

/** Codes that are ours: no provider said them (lib/dispatch). */
const ours: Readonly<Record<string, Reading>> = {
  expired: own(
    'It was too old to be of use when its turn came, so it was not sent.',
    'If this happens often, look at the providers and the age of the outbox on the overview.',
  ),
  used: own('The code had been used already, so it was not sent again.', nothing),
  closed: own(
    'The code had been closed, for example by a later reset or by “this wasn’t me”, so it was not sent.',
    nothing,
  ),
  'challenge-missing': own('The code that it belonged to is gone.', nothing),
  'key-retired': own(
    'The key of this code was taken out of LATCHKEY_KEYS while the code lived.',
    'Keep a retired key in LATCHKEY_KEYS for 15 minutes after a new one stands before it.',
  ),
  'no-recipient': own(
    'The person had no verified address or number for this channel any more.',
    'Look at the person’s page.',
  ),
  internal: own(
    'Something broke on our side.',
    'Look in the log for this delivery’s id. It is tried again by itself while the message is worth it.',
  ),
  'no-transport': own(
    'No provider of this channel was working.',
    'Look at the providers on the overview: a stopped one is tried again by itself.',
  ),
  'channel-not-configured': own(
    'No provider is set up for this channel.',
    'Set up mail or SMS as the README says, and start again.',
  ),
  'country-not-allowed': own(
    'SMS to the country of this number are not allowed here.',
    'Add the country to SMS_COUNTRIES if people there should get SMS.',
  ),
  'sms-stopped': own(
    'SMS were stopped, by hand or because hardly a code was used.',
    'See the reason on the overview; `npm run sms` starts them again.',
  ),
  'sms-budget': own('The day’s SMS budget was used up.', 'It begins anew at midnight UTC. SMS_DAILY_BUDGET raises it.'),
};

/**
 * @param code of a delivery or one of its tries
 * @param transport that was asked, null where none was
 * @param errorClass how it was judged then: where the code alone says little, it decides
 */
export function readError(code: string, transport: string | null, errorClass: FailureClass | null): Reading {
  const known = ours[code];
  if (known) return known;
  if (transport === 'twilio') return readTwilioError(code, errorClass === 'account' ? 400 : undefined);
  return readSmtpError(code, errorClass === 'recipient' ? 'RCPT TO' : undefined);
}
