import { setTimeout as wait } from 'node:timers/promises';
import type { ScriptedAnswer } from '../support/twilio-simulator';
import { type Fault, fault } from './fault';
import type { Stage } from './stage';

/** Twilio does so to everybody, for so long in ms. */
const goesWrong =
  (answer: ScriptedAnswer, ms: number) =>
  ({ phone }: Stage): void => {
    phone.script('*', answer);
    void wait(ms).then(() => phone.script('*', null));
  };

const passing = (name: string, answer: ScriptedAnswer, ms = 8_000): Fault =>
  fault({
    name: `Twilio ${name} for ${ms / 1_000} s`,
    reach: 'sms',
    channel: 'sms',
    providers: ['smtp', 'twilio'],
    before: goesWrong(answer, ms),
  });

const overToEmail = (name: string, answer: ScriptedAnswer): Fault =>
  fault({
    name: `Twilio ${name}: over to email`,
    reach: 'both',
    channel: 'sms',
    providers: ['smtp', 'twilio'],
    before: ({ phone }) => phone.script('*', answer),
    check: ({ mail }) => (mail.arrivals.length === 60 ? [] : [`${mail.arrivals.length} mails instead of 60`]),
  });

export const smsFaults: Fault[] = [
  passing('says 20429', { status: 429, code: 20429, message: 'Too many requests' }),
  passing('says 503', { status: 503, code: 0, message: 'unavailable' }),
  passing('answers with HTML and 500', { status: 500, body: '<html>oops' }),
  passing('answers with half a JSON and 201', { status: 201, body: '{"sid": "SM' }),
  passing('says nothing', 'hang', 15_000),
  overToEmail('says 21211', { status: 400, code: 21211, message: 'no such number' }),
  overToEmail('says 21610', { status: 400, code: 21610, message: 'unsubscribed' }),
  overToEmail('says 20003', { status: 401, code: 20003, message: 'Authenticate' }),
];
