import { seconds } from '@/lib/clock';
import type { OutgoingMessage, SendOutcome, Transport } from './port';
import type { Failed } from './provider-answer';
import { type FailureClass, type ProviderError, readSmtpError, readTwilioError } from './provider-errors';

/** ms that somebody who waits before a page is kept at most; a transport's own limits are shorter. */
const PATIENCE_MS = seconds(20);

/** The provider's answer, without the recipient and our secrets, and of a refusal what it means and what to do. */
export type TestOutcome =
  | { status: 'sent'; answer: string }
  | ({ status: 'failed'; code: string; answer: string; class: FailureClass } & Omit<ProviderError, 'class'>);

/** What a refusal means, for an operator. */
export const readFailure = ({ provider, code, class: found }: Failed): ProviderError =>
  provider === 'twilio'
    ? readTwilioError(code, found === 'account' ? 400 : undefined)
    : readSmtpError(code, found === 'recipient' ? 'RCPT TO' : undefined);

/**
 * Sends one message at once, past the outbox, and waits for what the provider says, 20 s at most. Behind
 * `npm run send-test` and the admin area alike. Whoever calls it has asked the limits and the SMS gate.
 */
export async function sendTest(
  transport: Transport,
  message: OutgoingMessage,
  patienceMs: number = PATIENCE_MS,
): Promise<TestOutcome> {
  let timer: NodeJS.Timeout | undefined;
  const silence = new Promise<SendOutcome>((resolve) => {
    timer = setTimeout(() => resolve(silent(transport)), patienceMs);
  });
  try {
    const outcome = await Promise.race([transport.send(message), silence]);
    if (outcome.status === 'sent') return { status: 'sent', answer: outcome.answer };
    const { reading, hint, source } = readFailure(outcome);
    const { code, answer, class: found } = outcome;
    return { status: 'failed', code, answer, class: found, reading, hint, source };
  } finally {
    clearTimeout(timer);
  }
}

const silent = ({ name }: Transport): Failed => ({
  status: 'failed',
  provider: name === 'twilio' ? 'twilio' : 'smtp',
  class: 'passing',
  stops: true,
  code: 'ETIMEDOUT',
  answer: 'no answer in time',
});
