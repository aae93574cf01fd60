import { startTwilioSimulator } from '@/tests/support/twilio-simulator';
import { type Accepted, startSmtpSink } from './smtp-sink';

// The providers, in a process of their own: what they cost is not the engine's. Ends with whoever started it.

export type SinksReady = { smtpPort: number; ca: string; twilioUrl: string };
/** What was accepted since the last question. */
export type Taken = { mails: Accepted[]; texts: number };

const [smtp, twilio] = await Promise.all([startSmtpSink(), startTwilioSimulator()]);
process.on('disconnect', () => process.exit());
process.on('message', () => {
  const taken: Taken = { mails: smtp.accepted.splice(0), texts: twilio.sent.splice(0).length };
  process.send?.(taken);
});
const ready: SinksReady = { smtpPort: smtp.port, ca: smtp.ca, twilioUrl: twilio.url };
process.send?.(ready);
