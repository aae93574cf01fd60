import type { FailureClass, ProviderError } from '@/lib/delivery/provider-errors';

/** One line of Twilio's tables, with the page that says so. */
export const entry = (code: number, cls: FailureClass, reading: string, hint: string): [string, ProviderError] => [
  String(code),
  { class: cls, reading, hint, source: `https://www.twilio.com/docs/api/errors/${code}` },
];

/** What an operator does about errors of one kind. */
export const hints = {
  number: 'Check the number: a plus sign, the country, then the number, nothing else (+12025550123).',
  sender:
    'Put a number of this account in TWILIO_PHONE_NUMBER, one that can send SMS, or set TWILIO_MESSAGING_SERVICE_SID.',
  suspended: 'Look for a mail from Twilio, then at the balance and the notices in the Twilio console.',
  passes: 'Nothing to mend. If it lasts, look at https://status.twilio.com.',
} as const;
