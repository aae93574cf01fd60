import type { FailureClass, ProviderError } from './provider-errors';

const entry = (code: number, cls: FailureClass, reading: string, hint: string): [string, ProviderError] => [
  String(code),
  { class: cls, reading, hint, source: `https://www.twilio.com/docs/api/errors/${code}` },
];

const checkNumber = 'Check the number: a plus sign, the country, then the number, nothing else (+12025550123).';
const checkSender =
  'Put a number of this account in TWILIO_PHONE_NUMBER, one that can send SMS, or set TWILIO_MESSAGING_SERVICE_SID.';

/** Twilio's error numbers (DEL-7). Those from 30001 on arrive by webhook. Unknown ones: readTwilioError. */
export const twilioErrors: Readonly<Record<string, ProviderError>> = Object.fromEntries([
  entry(
    20003,
    'account',
    'Twilio did not accept the account and token, or the account is suspended.',
    'Copy TWILIO_ACCOUNT_SID and TWILIO_AUTH_TOKEN again from the first page of the Twilio console. Test credentials do not work here.',
  ),
  entry(
    20404,
    'account',
    'Twilio does not know what was asked for: usually the account or the messaging service.',
    'Check TWILIO_ACCOUNT_SID and TWILIO_MESSAGING_SERVICE_SID: both belong to one account.',
  ),
  entry(
    20429,
    'passing',
    'Twilio is getting too many requests from this account.',
    'Nothing to mend: it is tried again. If it lasts, raise the limits of the account.',
  ),
  entry(21211, 'recipient', 'That is not a phone number that Twilio can reach.', checkNumber),
  entry(21212, 'account', 'The number that we send from is not valid.', checkSender),
  entry(
    21408,
    'account',
    'This Twilio account may not send to that country.',
    'Switch the country on in the console: Messaging, Settings, Geo permissions.',
  ),
  entry(21606, 'account', 'The number that we send from cannot send to this one.', checkSender),
  entry(
    21608,
    'account',
    'A trial account sends to verified numbers only.',
    'Verify that number in the Twilio console, or upgrade the account.',
  ),
  entry(
    21610,
    'recipient',
    'This person answered STOP and gets no more messages from us.',
    'They must send START to our number themselves.',
  ),
  entry(21614, 'recipient', 'That number is no mobile number.', checkNumber),
  entry(21635, 'recipient', 'That number is a landline and cannot get SMS.', 'Use a mobile number.'),
  entry(
    63038,
    'account',
    'The account has sent all the messages it may in 24 hours.',
    'Trial accounts may send 50 a day: upgrade, or ask Twilio for more.',
  ),
  entry(
    30001,
    'passing',
    "Twilio's queue for our number is full.",
    'Nothing to mend: it is tried again. Add numbers to a messaging service to send faster.',
  ),
  entry(30003, 'recipient', 'The phone is off or out of reach.', 'Try again later, or use email.'),
  entry(30005, 'recipient', 'That number does not exist or takes no messages.', checkNumber),
  entry(30006, 'recipient', 'That number is a landline, or its network takes no SMS.', 'Use a mobile number.'),
]);
