import { setTimeout as wait } from 'node:timers/promises';
import { until } from './asks';
import { type Fault, fault } from './fault';
import type { Act, MailServer } from './mail-server';
import type { Stage } from './stage';

/** A step goes wrong for so long, in ms. */
const goesWrong =
  (step: keyof MailServer['does'], act: Act, ms: number) =>
  async ({ mail }: Stage): Promise<void> => {
    mail.does[step] = act;
    void wait(ms).then(() => {
      mail.does[step] = 'take';
    });
  };

const refusal = (code: `${number} ${string}`, step: 'auth' | 'rcpt' | 'data'): Fault =>
  fault({ name: `SMTP says ${code.slice(0, 9)} for 10 s`, before: goesWrong(step, code, 10_000) });

const bySecond = ({ second, mail }: Stage): string[] =>
  second.arrivals.length > 0 && mail.arrivals.length === 0 ? [] : ['the second server did not carry them all'];

/** The first mails are dropped after DATA, so many that no connection is spared. */
const dropped =
  (act: 'drop' | 'keep-and-drop') =>
  async ({ mail }: Stage): Promise<void> => {
    mail.does.data = act;
    await until('mails that arrive', () => act === 'drop' || mail.arrivals.length >= 5);
    if (act === 'drop') await wait(3_000);
    mail.does.data = 'take';
  };

export const mailFaults: Fault[] = [
  fault({
    name: 'SMTP refuses connections for 20 s',
    before: ({ mail }) => mail.off(),
    during: async ({ mail }) => {
      await wait(20_000);
      await mail.on();
    },
  }),
  fault({ name: 'SMTP as a tarpit for 25 s', before: goesWrong('rcpt', 'hold', 25_000) }),
  fault({ name: 'SMTP drops the connection after DATA and takes nothing', during: dropped('drop'), people: 200 }),
  fault({
    name: 'SMTP takes the mail and drops the connection before its answer',
    people: 200,
    before: ({ mail }) => void Object.assign(mail.does, { data: 'keep-and-drop' }),
    during: dropped('keep-and-drop'),
    // Only the server knows that it has them.
    excused: () => true,
  }),
  refusal('421 4.7.0 closing', 'rcpt'),
  refusal('450 4.2.1 busy', 'rcpt'),
  refusal('451 4.3.0 trouble', 'data'),
  refusal('535 5.7.8 wrong', 'auth'),
  fault({
    name: 'SMTP says 550 5.1.1, people have a phone',
    reach: 'both',
    providers: ['smtp', 'twilio'],
    before: ({ mail }) => void Object.assign(mail.does, { rcpt: '550 5.1.1 nobody' }),
    check: ({ phone }) => (phone.sent.length === 60 ? [] : [`${phone.sent.length} SMS instead of 60`]),
  }),
  fault({
    name: 'SMTP says 535, a second server stands by',
    providers: ['smtp', 'smtp-fallback'],
    before: ({ mail }) => void Object.assign(mail.does, { auth: '535 5.7.8 wrong' }),
    check: bySecond,
  }),
  fault({
    name: 'SMTP is down, a second server stands by',
    providers: ['smtp', 'smtp-fallback'],
    before: ({ mail }) => mail.off(),
    check: bySecond,
  }),
];
