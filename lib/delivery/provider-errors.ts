import { smtpErrors } from './smtp/errors';
import { twilioErrors } from './twilio/errors';

/** Whose fault a refusal is (DEL-7): this recipient's, our account's, or nobody's for long. */
export type FailureClass = 'recipient' | 'account' | 'passing';

/** What one error of a provider means. */
export type ProviderError = {
  class: FailureClass;
  /** What happened, in plain words. */
  reading: string;
  /** What the operator can do about it. */
  hint: string;
  /** The page that says so. */
  source: string;
};

const rfc5321 = 'https://www.rfc-editor.org/rfc/rfc5321#section-4.2.1';
const enhancedCodes = 'https://www.rfc-editor.org/rfc/rfc3463#section-3';
const twilioRest = 'https://www.twilio.com/docs/usage/requests-to-twilio';

const reachTwilio = 'Check that this machine reaches https://api.twilio.com, and TWILIO_API_BASE_URL where it is set.';

const passing = (source: string): ProviderError => ({
  class: 'passing',
  reading: 'The provider cannot take the message right now.',
  hint: 'Nothing to mend: it is tried again. If it lasts, look at the status page of the provider.',
  source,
});

const refusedRecipient: ProviderError = {
  class: 'recipient',
  reading: 'The provider refused this recipient.',
  hint: 'Check the address. Others are not affected.',
  source: enhancedCodes,
};

const refusedAccount = (source: string): ProviderError => ({
  class: 'account',
  reading: 'The provider refused our account or our message, whoever it was for.',
  hint: 'Read the answer above: it names the cause. Then look at the account in the pages of the provider.',
  source,
});

/**
 * Reads an SMTP failure.
 * @param code a reply code with its enhanced code where there is one (`550 5.1.1`), or a socket's (`ETIMEDOUT`)
 * @param command the SMTP command that was refused, for replies that say no more than 5xx
 */
export function readSmtpError(code: string, command?: string): ProviderError {
  const [reply = '', enhanced] = code.split(' ');
  const known = smtpErrors[code] ?? smtpErrors[reply];
  if (enhanced && !smtpErrors[code] && reply.startsWith('5'))
    return readEnhanced(enhanced) ?? known ?? refusedAccount(rfc5321);
  if (known) return known;
  if (!/^\d{3}$/.test(reply) || reply.startsWith('4')) return passing(rfc5321);
  return command === 'RCPT TO' ? refusedRecipient : refusedAccount(rfc5321);
}

/** RFC 3463: the second figure is the subject. 5.1.7 and 5.1.8 are about the sender's address, thus ours. */
function readEnhanced(enhanced: string): ProviderError | undefined {
  if (/^5\.1\.[78]$/.test(enhanced)) return refusedAccount(enhancedCodes);
  if (/^5\.[12]\./.test(enhanced)) return refusedRecipient;
  return /^5\.7\./.test(enhanced) ? refusedAccount(enhancedCodes) : undefined;
}

/**
 * Reads a Twilio failure.
 * @param code Twilio's error number, or `HTTP 502`, or a socket's code (`ETIMEDOUT`)
 * @param status the HTTP status, where there was an answer
 */
export function readTwilioError(code: string, status?: number): ProviderError {
  const known = twilioErrors[code];
  if (known) return known;
  const socket = smtpErrors[code];
  if (socket) return { ...socket, hint: reachTwilio };
  const refused = status !== undefined && status >= 400 && status < 500 && status !== 408 && status !== 429;
  return refused ? refusedAccount(twilioRest) : passing(twilioRest);
}
