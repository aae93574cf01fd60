import { type ChildProcess, fork } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { resolve } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { systemClock } from '@/lib/clock';
import type { Channel, Transports } from '@/lib/delivery/port';
import { createSmtpTransport } from '@/lib/delivery/smtp/transport';
import { createTwilioTransport } from '@/lib/delivery/twilio/transport';
import { createDispatcher } from '@/lib/dispatch/dispatcher';
import { createKeyring } from '@/lib/keys/keyring';
import { createBlocked } from '@/lib/limits/blocked';
import { log } from '@/lib/log';
import { requestCode } from '@/lib/reset/request-code';
import { start } from '@/lib/reset/start';
import { readSmsCost } from '@/lib/sms-budget/settings';
import { createSlots } from '@/lib/users/hash-slots';
import { twilioAccount, twilioToken } from '@/tests/support/twilio-simulator';
import { addressOf, makePeople, queueAll } from './backlog';
import { countedClient } from './counted';
import type { SinksReady, Taken } from './sinks';
import { instant } from './smtp-sink';

// The measured process: the use-case, the engine and the transports, as the application puts them together.

export type Backlog = { rows: number; perSecond: number; memoryMb: number; statements: number };
export type Measured = {
  p50: number;
  p95: number;
  statementsPerRequest: number;
  statementsPerDelivery: number;
  smtp: Backlog;
  twilio: Backlog;
};

const IDLE = { warmUp: 30, requests: 200 };
const ROWS = { email: 10_000, sms: 2_000 };
const origin = new URL('https://bench.latchkey.test');

const sinks = fork(resolve('scripts/support/bench/sinks.ts'), [], { execArgv: ['--import', 'tsx'] });
const answer = <T>(of: ChildProcess): Promise<T> =>
  new Promise((done) => of.once('message', (said) => done(said as T)));
const taken = (): Promise<Taken> => {
  const said = answer<Taken>(sinks);
  sinks.send('what came?');
  return said;
};

const { smtpPort, ca, twilioUrl } = await answer<SinksReady>(sinks);
const { db, statements } = countedClient(process.env.DATABASE_URL ?? '');
const smtp = createSmtpTransport(
  {
    EMAIL_HOST: '127.0.0.1',
    EMAIL_PORT: smtpPort,
    EMAIL_USE_TLS: true,
    EMAIL_HOST_USER: undefined,
    EMAIL_HOST_PASSWORD: undefined,
    DEFAULT_FROM_EMAIL: 'sender@latchkey.test',
    APP_NAME: 'Latchkey',
    APP_URL: origin,
  },
  { tls: { ca }, implicitTlsPort: smtpPort },
);
const twilio = createTwilioTransport({
  TWILIO_ACCOUNT_SID: twilioAccount,
  TWILIO_AUTH_TOKEN: twilioToken,
  TWILIO_PHONE_NUMBER: '+12025550100',
  TWILIO_MESSAGING_SERVICE_SID: undefined,
  TWILIO_API_BASE_URL: twilioUrl,
  TWILIO_PER_SECOND: 1_000,
  APP_URL: origin,
});
// A line a message is written in production as well, but not into the table.
log.level = 'warn';
const transports: Transports = { email: [smtp], sms: [twilio] };
// Budgets that no backlog uses up, so that all of the bookkeeping is measured.
const smsCost = readSmsCost({ SMS_PRICES: 'US:0.0083', SMS_DAILY_BUDGET: '1000,US:900' }).cost;
const parts = { db, clock: systemClock, appName: 'Latchkey', origin, transports, smsCost, webhook: null };
const keyring = createKeyring([{ id: 'bench', secret: randomBytes(32) }], randomBytes(32));
const deps = {
  ...parts,
  keyring,
  minPasswordLength: 8,
  breached: null,
  offered: ['email', 'sms'] as const,
  blocked: createBlocked(),
  hashSlots: createSlots(),
};
const dispatcher = createDispatcher(deps);

/** Asks as a browser does, and waits for the provider. @returns ms from the request to the provider's acceptance */
async function once(email: string): Promise<{ ms: number; statements: number }> {
  const started = start(email, new Date());
  if (started.status !== 'started') throw new Error(started.problem);
  const before = statements();
  const from = instant();
  // Everybody from a network of their own, so that no limit is measured.
  const requested = await requestCode({ ...deps, caller: { address: email, devices: [] } }, started.flow, 'email');
  const spent = statements() - before;
  dispatcher.nudge();
  if (requested.status !== 'requested') throw new Error(requested.status);
  // Long enough for the result to be written: the next request meets an idle engine.
  await wait(60);
  for (;;) {
    const found = (await taken()).mails.find(({ to }) => to === email);
    if (found) return { ms: found.at - from, statements: spent };
    await wait(20);
  }
}

async function idle(): Promise<Omit<Measured, 'smtp' | 'twilio'>> {
  const people = IDLE.warmUp + IDLE.requests;
  await makePeople(db, 'i', people);
  dispatcher.start();
  for (let n = 1; n <= IDLE.warmUp; n += 1) await once(addressOf('i', n));
  const before = statements();
  const began = instant();
  const asked: { ms: number; statements: number }[] = [];
  for (let n = IDLE.warmUp + 1; n <= people; n += 1) asked.push(await once(addressOf('i', n)));
  // The looks at the queue, once a second, belong to no delivery.
  const looks = Math.floor((instant() - began) / 1_000);
  const times = asked.map(({ ms }) => ms).sort((a, b) => a - b);
  const requests = asked.reduce((sum, one) => sum + one.statements, 0);
  return {
    p50: times[Math.floor(times.length * 0.5)] ?? 0,
    p95: times[Math.floor(times.length * 0.95)] ?? 0,
    statementsPerRequest: requests / asked.length,
    statementsPerDelivery: (statements() - before - requests - looks) / asked.length,
  };
}

async function backlog(set: string, channel: Channel): Promise<Backlog> {
  const rows = ROWS[channel];
  await makePeople(db, set, rows);
  await queueAll(db, set, channel, 'bench');
  await db.$executeRaw`ANALYZE`;
  const drained = createDispatcher(deps);
  await taken();
  const rest = process.memoryUsage.rss();
  let most = rest;
  const memory = setInterval(() => {
    most = Math.max(most, process.memoryUsage.rss());
  }, 50);
  const before = statements();
  const from = instant();
  drained.start();
  let came = 0;
  // A question every half second costs the engine nothing that shows.
  while (came < rows) {
    await wait(channel === 'email' ? 500 : 100);
    const { mails, texts } = await taken();
    came += channel === 'email' ? mails.length : texts;
  }
  const seconds = (instant() - from) / 1_000;
  await drained.stop();
  clearInterval(memory);
  const spent = statements() - before;
  const [unsent] = await db.$queryRaw<{ n: number }[]>`
    SELECT count(*)::int AS n FROM "Delivery" WHERE status NOT IN ('sent', 'delivered')`;
  if (unsent?.n !== 0 || came !== rows) throw new Error(`${came} came of ${rows}, ${unsent?.n} rows are not sent`);
  return { rows, perSecond: rows / seconds, memoryMb: (most - rest) / 2 ** 20, statements: spent / rows };
}

const quiet = await idle();
await dispatcher.stop();
const measured: Measured = { ...quiet, smtp: await backlog('s', 'email'), twilio: await backlog('t', 'sms') };
process.send?.(measured, () => process.exit());
