import type { Condition } from './conditions';

/** An alert in plain words: what is wrong, and what to do. */
export type AlertWords = { title: string; sentence: string; advice: string };

const channels: Record<string, string> = { email: 'email', sms: 'SMS' };
const transports: Record<string, string> = {
  smtp: 'The mail server',
  'smtp-fallback': 'The second mail server',
  twilio: 'Twilio',
  'inbox-email': 'The local inbox',
  'inbox-sms': 'The local inbox',
};
const place = (country: string): string => (country === '*' ? 'all countries together' : country);

/** @param condition as it was seen last @returns sentences without anybody's name, address or number (OBS-2) */
export function alertWords({ kind, about, figures }: Condition): AlertWords {
  const figure = (name: string): string => String(figures[name] ?? '?');
  const provider = transports[about] ?? about;
  switch (kind) {
    case 'provider_account':
      return {
        title: `${provider} refuses our account`,
        sentence: `The last answer was ${figure('error') || 'a refusal'}. Nothing leaves by it.`,
        advice: 'Look at the error under Deliveries: it says what to mend, and where. Waiting mails and codes follow.',
      };
    case 'provider_down':
      return {
        title: `${provider} does not work`,
        sentence: `It has failed for some minutes (${figure('error') || 'no answer'}). It is tried again by itself.`,
        advice:
          'Look at its status page, and whether this machine reaches it. Codes go by the other way where there is one.',
      };
    case 'quota':
      return {
        title: `${provider}: the day’s messages are nearly used up`,
        sentence: `${figure('used')} of ${figure('perDay')} were sent within 24 hours.`,
        advice:
          'At the end of it nothing more leaves by it until the day is over. A second mail server takes over where one is set.',
      };
    case 'sms_budget':
      return {
        title: 'The day’s budget for SMS is nearly used up',
        sentence: `${figure('spent')} of ${figure('budget')} were spent today, for ${place(about)}.`,
        advice:
          'Past it codes go by email until midnight UTC. Under Limits you see where they went, and can stop a country.',
      };
    case 'failures':
      return {
        title: `Many codes by ${channels[about] ?? about} do not arrive`,
        sentence: `${figure('failed')} of ${figure('ended')} failed for good within ${figure('minutes')} minutes.`,
        advice: 'Look at the failures under Deliveries: each says what the provider answered, and what to do.',
      };
    case 'conversion':
      return {
        title: `Hardly a code sent by SMS to ${about} is used`,
        sentence:
          figures.stopped === 1
            ? 'SMS to that country are stopped for an hour; codes go by email.'
            : 'Somebody may be having SMS sent to numbers that earn by them.',
        advice: 'Under Limits you can stop SMS to that country, or start them again.',
      };
    case 'outbox':
      return {
        title: 'Codes wait to be sent',
        sentence: `${figure('waiting')} have waited for more than a minute, the oldest for ${figure('oldestSeconds')} seconds.`,
        advice: 'Look at the providers on the overview, and whether a server (or the cron job) runs that sends.',
      };
    case 'guessing':
      return {
        title: 'Many wrong codes are typed',
        sentence: `${figure('wrong')} within a day; ${figure('mark')} would be much. New codes of strangers have ten digits meanwhile.`,
        advice: 'Nothing must be done. Under Audit you see where they come from, under Limits what is blocked.',
      };
    case 'sign_ins':
      return {
        title: 'Many sign-ins fail',
        sentence: `${figure('failed')} within this hour. Strangers’ browsers do some work before each, meanwhile.`,
        advice: 'Nothing must be done. Under Audit you see where they come from.',
      };
  }
}
