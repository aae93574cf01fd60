import type { Tested } from '@/lib/admin/settings/test-to-self';

/** What a form that sends a test says; no address is in it. */
export type TestState = { turn: number; tone: 'good' | 'bad'; sentences: readonly string[] };

export const nothingTested: TestState = { turn: 0, tone: 'good', sentences: [] };

const withheld = {
  'country-not-allowed':
    'SMS to the country of your number are not allowed here: SMS_COUNTRIES or SMS_PRICES says which are.',
  'sms-stopped': 'SMS are stopped at the moment, so none was sent.',
  'sms-budget': 'The day’s SMS budget is used up, so none was sent. It begins anew at midnight UTC.',
} as const;

/** How a test ended, in plain words, with the provider's own. */
export function testedWords(tested: Tested): Pick<TestState, 'tone' | 'sentences'> {
  const bad = (...sentences: string[]) => ({ tone: 'bad', sentences }) as const;
  switch (tested.status) {
    case 'no-transport':
      return bad('This way is not set up, so nothing was sent.');
    case 'unreachable':
      return bad('You have no verified address or number for this way, so nothing was sent.');
    case 'too-many':
      return bad('You have sent as many messages by hand as an hour allows. Wait a while; nothing was sent now.');
    case 'withheld':
      return bad(withheld[tested.code]);
    case 'tested': {
      const { outcome } = tested;
      if (outcome.status === 'sent')
        return {
          tone: 'good',
          sentences: ['Handed over: a test is on its way to you.', `The answer was: ${outcome.answer}`],
        };
      const answer = outcome.answer.startsWith(outcome.code) ? outcome.answer : `${outcome.code}: ${outcome.answer}`;
      return bad('It was refused.', `The answer was: ${answer}`, outcome.reading, outcome.hint);
    }
  }
}
