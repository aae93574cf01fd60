import type { ProviderError } from '@/lib/delivery/provider-errors';
import { entry, hints } from './error-entry';
import { twilioReceiptErrors } from './receipt-errors';

/** Twilio's error numbers (DEL-7): what the call itself answers, and what comes by webhook. Unknown ones: readTwilioError. */
export const twilioErrors: Readonly<Record<string, ProviderError>> = Object.fromEntries([
  entry(10001, 'account', 'This Twilio account is not active.', hints.suspended),
  entry(
    20003,
    'account',
    'Twilio did not accept the account and token, or the account is suspended.',
    'Copy TWILIO_ACCOUNT_SID and TWILIO_AUTH_TOKEN again from the first page of the Twilio console. Test credentials do not work here.',
  ),
  entry(20403, 'account', 'This Twilio account was suspended or closed.', hints.suspended),
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
  entry(20503, 'passing', 'Twilio is out of service for a moment.', hints.passes),
  entry(21211, 'recipient', 'That is not a phone number that Twilio can reach.', hints.number),
  entry(21212, 'account', 'The number that we send from is not valid.', hints.sender),
  entry(21265, 'recipient', 'That is a short code, and those take no messages.', 'Use a mobile number.'),
  entry(
    21408,
    'account',
    'This Twilio account may not send to that country.',
    'Switch the country on in the console: Messaging, Settings, Geo permissions.',
  ),
  entry(21606, 'account', 'The number that we send from cannot send to this one.', hints.sender),
  entry(
    21608,
    'account',
    'A trial account sends to verified numbers only.',
    'Verify that number in the Twilio console, or upgrade the account.',
  ),
  entry(
    21609,
    'account',
    'Twilio cannot reach the address for receipts.',
    'Put the address at which the internet reaches this service in APP_URL, without an underscore in its host.',
  ),
  entry(
    21610,
    'recipient',
    'This person answered STOP and gets no more messages from us.',
    'They must send START to our number themselves.',
  ),
  entry(
    21611,
    'passing',
    'Too many messages wait for the number that we send from.',
    'Nothing to mend: it is tried again. Add numbers to a messaging service to send faster.',
  ),
  entry(21612, 'account', 'Twilio has no way from our number to that one.', hints.sender),
  entry(21614, 'recipient', 'That number is no mobile number.', hints.number),
  entry(
    21617,
    'account',
    'The message is longer than Twilio takes.',
    'Shorten APP_NAME: a message of ours fits 160 characters.',
  ),
  entry(21635, 'recipient', 'That number is a landline and cannot get SMS.', 'Use a mobile number.'),
  entry(
    21659,
    'account',
    'The number that we send from is not at Twilio, or is a short code of another country.',
    hints.sender,
  ),
  entry(
    63007,
    'account',
    'Twilio knows no sender by the address that we send from.',
    'Write TWILIO_PHONE_NUMBER as a plain number (+12025550123), and check that it belongs to TWILIO_ACCOUNT_SID.',
  ),
  entry(
    63038,
    'account',
    'The account has sent all the messages it may in 24 hours.',
    'Trial accounts may send 50 a day: upgrade, or ask Twilio for more.',
  ),
  ...twilioReceiptErrors,
]);
