import { randomBytes } from 'node:crypto';
import { parseArgs } from 'node:util';
import type { Channel, Transport } from '@/lib/delivery/port';
import type { CheckOutcome } from '@/lib/delivery/provider-answer';
import { readFailure, sendTest, type TestOutcome } from '@/lib/delivery/send-test';
import { createSmtpTransport } from '@/lib/delivery/smtp/transport';
import { createTwilioTransport } from '@/lib/delivery/twilio/transport';
import { configuredTransports, parseEnv } from '@/lib/env/env';
import type { Env } from '@/lib/env/schema';
import { testMessage } from '@/lib/messages/test-message';
import { EMBEDDED_IN_SETTINGS } from './pglite-url';
import { missingProvider, usage } from './send-test-words';

type Print = (line: string) => void;
type Checked = Transport & { check(): Promise<CheckOutcome> };
type Wanted = { channel: Channel; to: string };

/** What a test send does not need, so that it runs before anything else is set up. */
const unneeded = () => ({
  APP_URL: 'http://localhost:3000',
  DATABASE_URL: EMBEDDED_IN_SETTINGS,
  LATCHKEY_KEYS: `unused:${randomBytes(32).toString('base64')}`,
  LATCHKEY_PEPPER: randomBytes(32).toString('base64'),
});

function readArguments(args: readonly string[]): Wanted[] {
  const options = { email: { type: 'string' }, sms: { type: 'string' } } as const;
  const { values } = parseArgs({ args: [...args], options });
  return (['email', 'sms'] as const).flatMap((channel) => (values[channel] ? [{ channel, to: values[channel] }] : []));
}

const transportFor = (env: Env, channel: Channel): Checked =>
  channel === 'email' ? createSmtpTransport(env) : createTwilioTransport(env);

function whereTo(env: Env, channel: Channel): string {
  if (channel === 'sms') return `Twilio account ${env.TWILIO_ACCOUNT_SID?.slice(0, 6)}…`;
  return `${env.EMAIL_HOST}:${env.EMAIL_PORT}${env.EMAIL_HOST_USER ? ` as ${env.EMAIL_HOST_USER}` : ''}`;
}

/** Prints the provider's own words, and on a refusal what they mean and what to do. */
function report(outcome: TestOutcome | Exclude<CheckOutcome, { status: 'failed' }>, print: Print): boolean {
  if (outcome.status !== 'failed') {
    print(`  ok: ${outcome.answer}`);
    return true;
  }
  print(`  refused, ${outcome.code}: ${outcome.answer}`);
  print(`  What it means: ${outcome.reading}`);
  print(`  What to do:    ${outcome.hint}`);
  print(`  Source:        ${outcome.source}`);
  return false;
}

async function tryOne(env: Env, { channel, to }: Wanted, print: Print): Promise<boolean> {
  const way = configuredTransports(env)[channel];
  if (way === null || way === 'inbox') {
    print(missingProvider(channel));
    return false;
  }
  const transport = transportFor(env, channel);
  try {
    print(`Checking ${whereTo(env, channel)}`);
    const checked = await transport.check();
    const ready = checked.status === 'failed' ? { ...checked, ...readFailure(checked) } : checked;
    if (!report(ready, print)) return false;
    print(`Sending a test to ${to}`);
    return report(await sendTest(transport, testMessage(channel, to, env.APP_NAME)), print);
  } finally {
    await transport.close();
  }
}

/**
 * Checks the credentials, sends a test message, prints what the provider said. Prints no secret.
 * @param args `--email address` and/or `--sms number`
 * @param source the environment, e.g. process.env
 * @returns the exit code, 0 where everything was accepted
 */
export async function sendTestCommand(
  args: readonly string[],
  source: Readonly<Record<string, string | undefined>>,
  print: Print,
): Promise<0 | 1> {
  let wanted: Wanted[];
  try {
    wanted = readArguments(args);
  } catch {
    wanted = [];
  }
  if (wanted.length === 0) {
    print(usage);
    return 1;
  }
  const given = Object.fromEntries(Object.entries(source).filter(([, value]) => value?.trim()));
  const parsed = parseEnv({ ...unneeded(), ...given });
  if (!parsed.ok) {
    print(`These settings need mending:\n  ${parsed.problems.join('\n  ')}`);
    return 1;
  }
  const results: boolean[] = [];
  for (const one of wanted) results.push(await tryOne(parsed.env, one, print));
  return results.every(Boolean) ? 0 : 1;
}
