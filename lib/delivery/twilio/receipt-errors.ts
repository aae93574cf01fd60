import { entry, hints } from './error-entry';

const register = 'Register the number with a campaign in the Twilio console: Messaging, Regulatory compliance.';

/** What Twilio finds out after it has taken a message, and says in a receipt (DEL-7, DEL-8). */
export const twilioReceiptErrors = [
  entry(
    30001,
    'passing',
    "Twilio's queue for our number is full.",
    'Nothing to mend: it is tried again. Add numbers to a messaging service to send faster.',
  ),
  entry(30002, 'account', 'This Twilio account was suspended while the message waited to leave.', hints.suspended),
  entry(30003, 'recipient', 'The phone is off or out of reach.', 'Try again later, or use email.'),
  entry(
    30004,
    'recipient',
    'That number is blocked: its owner answered STOP, or is on a list of those who want no messages.',
    'They must send START to our number themselves. Meanwhile, use email.',
  ),
  entry(30005, 'recipient', 'That number does not exist or takes no messages.', hints.number),
  entry(30006, 'recipient', 'That number is a landline, or its network takes no SMS.', 'Use a mobile number.'),
  entry(
    30007,
    'account',
    'Twilio or a network filtered the message as unwanted.',
    'Send three message ids with this error to the support of Twilio, and check that the number is registered.',
  ),
  entry(30008, 'passing', 'The network did not deliver the message and did not say why.', hints.passes),
  entry(
    30010,
    'account',
    'The message would cost more than the highest price that the account allows.',
    'Raise the highest price of a message in the Twilio console.',
  ),
  entry(
    30022,
    'passing',
    'The networks take fewer messages a second from this campaign.',
    'Lower TWILIO_PER_SECOND to the rate of the campaign.',
  ),
  entry(
    30023,
    'account',
    'This brand has sent all the messages that a network takes from it in a day.',
    'Ask Twilio for a higher daily cap.',
  ),
  entry(30024, 'account', 'A network does not know the number that we send from yet.', register),
  entry(30032, 'account', 'The toll-free number that we send from is not verified.', register),
  entry(30034, 'account', 'The number that we send from is not registered for the United States.', register),
  entry(
    30036,
    'passing',
    'The code had died before the message could leave Twilio, so it was not sent.',
    'Nothing to mend once. If it lasts, the number sends too slowly: lower TWILIO_PER_SECOND or add numbers.',
  ),
  entry(
    30410,
    'passing',
    'The network did not answer Twilio in time.',
    'Nothing to mend. Twilio does not repeat such a message, as the first may have arrived.',
  ),
  // Its block lasts 15 to 30 minutes, which is longer than a code lives: for this code the number is out of reach.
  entry(
    30450,
    'recipient',
    'Twilio blocks that number for a while, as it suspects SMS pumping.',
    'Nothing to mend: it ends after 15 to 30 minutes. Numbers known to be good go on the Global Safe List of Twilio.',
  ),
  entry(30500, 'passing', 'Twilio had an error of its own.', hints.passes),
];
