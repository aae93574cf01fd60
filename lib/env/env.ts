import 'server-only';
import type { z } from 'zod';
import { isPlainAddress } from '@/lib/address';
import { readSmsCost } from '@/lib/sms-budget/settings';
import { serverlessMark } from './platform';
import { sampleSecrets } from './sample-secrets';
import { type Env, policySchema, schema } from './schema';

/** Which transports the settings describe. `inbox` is all or nothing (CFG-1). */
export type Configured = { email: 'smtp' | 'inbox' | null; sms: 'twilio' | 'inbox' | null };

/** @returns the way each channel leaves; null where the channel is not offered. */
export function configuredTransports(env: Env): Configured {
  const email = env.EMAIL_HOST_USER || env.DEFAULT_FROM_EMAIL ? ('smtp' as const) : null;
  const sms = env.TWILIO_ACCOUNT_SID ? ('twilio' as const) : null;
  return email || sms ? { email, sms } : { email: 'inbox', sms: 'inbox' };
}

/** Whether a second SMTP server stands by. */
export const hasFallback = (env: Env): boolean => Boolean(env.EMAIL_FALLBACK_HOST || env.EMAIL_FALLBACK_HOST_USER);

/** Who mail by the second server is from: its own sender, else the first one's. */
export const fallbackSender = (env: Env): string | undefined =>
  [
    env.EMAIL_FALLBACK_DEFAULT_FROM_EMAIL,
    env.DEFAULT_FROM_EMAIL,
    env.EMAIL_FALLBACK_HOST_USER,
    env.EMAIL_HOST_USER,
  ].find((address) => address?.includes('@'));

/** Settings that are each fine alone and wrong together; each sentence names the variable and the mend (CFG-1). */
function conflicts(env: Env): string[] {
  const found = env.NODE_ENV === 'production' ? sampleSecrets(env) : [];
  const way = configuredTransports(env);
  if (hasFallback(env) && way.email !== 'smtp')
    found.push('EMAIL_FALLBACK_HOST_USER: a second mail server needs a first one; set EMAIL_HOST_USER');
  if (env.EMAIL_FALLBACK_HOST_USER && !env.EMAIL_FALLBACK_HOST_PASSWORD)
    found.push('EMAIL_FALLBACK_HOST_PASSWORD: missing beside EMAIL_FALLBACK_HOST_USER');
  if (hasFallback(env) && !fallbackSender(env))
    found.push('EMAIL_FALLBACK_DEFAULT_FROM_EMAIL: missing, and no other address could stand in');
  found.push(...readSmsCost(env).problems);
  const production = env.NODE_ENV === 'production';
  if (env.EMAIL_HOST_USER && !env.EMAIL_HOST_PASSWORD)
    found.push('EMAIL_HOST_PASSWORD: missing beside EMAIL_HOST_USER; for Gmail make an app password');
  if (way.email === 'smtp' && !env.DEFAULT_FROM_EMAIL && !env.EMAIL_HOST_USER?.includes('@'))
    found.push('DEFAULT_FROM_EMAIL: missing, and EMAIL_HOST_USER is no address that could stand in for it');
  if (way.sms === 'twilio' && !env.TWILIO_AUTH_TOKEN)
    found.push('TWILIO_AUTH_TOKEN: missing beside TWILIO_ACCOUNT_SID');
  if (way.sms === 'twilio' && !env.TWILIO_PHONE_NUMBER && !env.TWILIO_MESSAGING_SERVICE_SID)
    found.push('TWILIO_PHONE_NUMBER: missing beside TWILIO_ACCOUNT_SID (or set TWILIO_MESSAGING_SERVICE_SID)');
  if (production && way.email === 'inbox' && !env.LATCHKEY_DEMO)
    found.push(
      'EMAIL_HOST_USER: no email or SMS provider is set, and production does not show codes in an inbox; set Gmail or Twilio, or LATCHKEY_DEMO=1 for a demonstration',
    );
  if (env.LATCHKEY_DEMO && way.email !== 'inbox')
    found.push('LATCHKEY_DEMO: refused beside a real provider; remove one of the two');
  for (const name of ['APP_URL', 'HIBP_API_BASE_URL', 'ALERT_WEBHOOK_URL'] as const) {
    const url = env[name];
    if (production && url && url.protocol !== 'https:' && !isLoopback(url))
      found.push(`${name}: production needs https:// (a loopback address may be plain http)`);
  }
  return found;
}

/** The one machine that runs it: no other reaches it by this address. */
export const isLoopback = ({ hostname }: URL): boolean => ['localhost', '127.0.0.1', '[::1]'].includes(hostname);

/**
 * RL-3: behind a platform's own proxy everybody would be one client to the limits.
 * @param platform the variable by which a serverless platform is known
 */
function addressProblems(env: Env, platform: string | null): string[] {
  if (env.NODE_ENV !== 'production' || env.TRUSTED_PROXIES > 0 || !platform) return [];
  return [
    `TRUSTED_PROXIES: 0, but ${platform} says that a platform's own proxy stands in front; set it to the number of proxies in front of the app, 1 where there is one`,
  ];
}

/** A sender that the delivery would refuse for each mail is refused here, by the same definition (DEL-3). */
function senderProblems(env: Env): string[] {
  const names = ['DEFAULT_FROM_EMAIL', 'EMAIL_FALLBACK_DEFAULT_FROM_EMAIL'] as const;
  const bad = names.filter((name) => {
    const value = env[name];
    return value && !isPlainAddress((/<([^<>]*)>$/.exec(value)?.[1] ?? value).trim());
  });
  return bad.map((name) => `${name}: no mail could come from it; write you@example.com or Name <you@example.com>`);
}

/** EMAIL_USE_TLS and EMAIL_USE_SSL as Django has them: STARTTLS, or TLS from the start, never both (DEL-1). */
function tlsProblems(env: Env, source: Source): string[] {
  const found: string[] = [];
  for (const name of ['EMAIL', 'EMAIL_FALLBACK'] as const) {
    if (!env[`${name}_USE_SSL`]) continue;
    if (source[`${name}_USE_TLS`]?.trim() && env[`${name}_USE_TLS`])
      found.push(`${name}_USE_SSL: on beside ${name}_USE_TLS; keep the one that your mail server speaks at its port`);
    if (env[`${name}_PORT`] === 587)
      found.push(`${name}_PORT: 587 starts without TLS; with ${name}_USE_SSL set the port of TLS, mostly 465`);
  }
  return found;
}

export type EnvProblem = { ok: false; problems: string[] };

type Source = Readonly<Record<string, string | undefined>>;
type Parsed<T> = { ok: true; env: T } | EnvProblem;

function read<T>(by: z.ZodType<T>, source: Source): Parsed<T> {
  // A line left empty in .env means "not set", for every variable alike.
  const given = Object.fromEntries(Object.entries(source).filter(([, value]) => value?.trim()));
  const parsed = by.safeParse(given);
  if (!parsed.success) {
    const problems = parsed.error.issues.map((issue) => {
      const name = issue.path.join('.');
      return given[name] === undefined ? `${name}: missing; .env.example says what it is` : `${name}: ${issue.message}`;
    });
    return { ok: false, problems };
  }
  return { ok: true, env: parsed.data };
}

/**
 * Reads settings by schema (CFG-1). Values are never repeated in a problem: they may be secrets.
 * @param source the environment, e.g. process.env
 */
export function parseEnv(source: Source): Parsed<Env> {
  const parsed = read(schema, source);
  const problems = parsed.ok
    ? [
        ...conflicts(parsed.env),
        ...senderProblems(parsed.env),
        ...tlsProblems(parsed.env, source),
        ...addressProblems(parsed.env, serverlessMark(source)),
      ]
    : [];
  return problems.length > 0 ? { ok: false, problems } : parsed;
}

/** The settings of the password policy: a command that makes people needs no others. */
export const parsePolicyEnv = (source: Source): Parsed<z.output<typeof policySchema>> => read(policySchema, source);

/** Thrown at boot; its message is a list of variables, each with its mend. */
class InvalidEnvironment extends Error {
  override name = 'InvalidEnvironment';
}

let parsed: Env | undefined;

/** The settings of this process, read once at first use, so that the build reads none. */
export function env(): Env {
  if (parsed) return parsed;
  const result = parseEnv(process.env);
  if (!result.ok) throw new InvalidEnvironment(`These settings need mending:\n  ${result.problems.join('\n  ')}`);
  parsed = result.env;
  return parsed;
}

/** @returns what is wrong with this process's settings, one sentence a variable */
export function environmentProblems(): string[] {
  const result = parseEnv(process.env);
  return result.ok ? [] : result.problems;
}

/** next-auth reads its own URL from the environment; here it can only be APP_URL's (DEL-4). */
export function exportAuthUrl(): void {
  process.env.NEXTAUTH_URL = env().APP_URL.origin;
}

/** Whether a serverless platform runs this process: its own proxy stands in front, and counts as a trusted peer (RL-3). */
export const onServerless = (): boolean => serverlessMark(process.env) !== null;
