import type { Transports } from '@/lib/delivery/port';
import { transportsOf } from '@/lib/dispatch/lanes';
import { fallbackSender } from '@/lib/env/env';
import type { Env } from '@/lib/env/schema';

/** A variable and how it stands. A secret is only said to be there, never shown, not even in part. */
export type Setting = { name: string; value: string };
export type Settings = { title: string; settings: Setting[] };

const there = (value: unknown): string => (value ? 'set, not shown' : 'not set');
const plain = (value: string | number | undefined): string => (value === undefined ? 'not set' : String(value));
const onOff = (value: boolean): string => (value ? 'on' : 'off');

/** What this server was told, by the names of `.env.example`. */
export function shownSettings(env: Env): Settings[] {
  const secrets = ['DATABASE_URL', 'LATCHKEY_PEPPER', 'CRON_SECRET', 'METRICS_TOKEN', 'ALERT_WEBHOOK_URL'] as const;
  const [issuing, ...others] = env.LATCHKEY_KEYS.map(({ id }) => id);
  const keys = others.length > 0 ? `${issuing} issues; ${others.join(', ')} still verify` : `${issuing} issues`;
  return [
    {
      title: 'The application',
      settings: [
        { name: 'APP_NAME', value: env.APP_NAME },
        { name: 'APP_URL', value: env.APP_URL.origin },
        { name: 'TRUSTED_PROXIES', value: String(env.TRUSTED_PROXIES) },
        { name: 'DISPATCHER', value: env.DISPATCHER },
        { name: 'PASSWORD_MIN_LENGTH', value: String(env.PASSWORD_MIN_LENGTH) },
        { name: 'HIBP', value: onOff(env.HIBP) },
        { name: 'LATCHKEY_DEMO', value: onOff(env.LATCHKEY_DEMO) },
      ],
    },
    {
      title: 'Secrets',
      settings: [{ name: 'LATCHKEY_KEYS', value: keys }, ...secrets.map((name) => ({ name, value: there(env[name]) }))],
    },
    {
      title: 'What SMS may cost',
      settings: [
        { name: 'SMS_COUNTRIES', value: plain(env.SMS_COUNTRIES) },
        { name: 'SMS_PRICES', value: plain(env.SMS_PRICES) },
        { name: 'SMS_DAILY_BUDGET', value: plain(env.SMS_DAILY_BUDGET) },
      ],
    },
  ];
}

/** Where a transport goes, in words. Account ids and passwords are secrets. */
function goesTo(env: Env, name: string): string {
  switch (name) {
    case 'smtp':
      return `${env.EMAIL_HOST}:${env.EMAIL_PORT}, from ${env.DEFAULT_FROM_EMAIL ?? env.EMAIL_HOST_USER}`;
    case 'smtp-fallback':
      return `${env.EMAIL_FALLBACK_HOST ?? env.EMAIL_HOST}:${env.EMAIL_FALLBACK_PORT}, from ${fallbackSender(env)}`;
    case 'twilio':
      return env.TWILIO_MESSAGING_SERVICE_SID ? 'by a messaging service' : `from ${env.TWILIO_PHONE_NUMBER}`;
    default:
      return 'on this server: nobody else receives anything';
  }
}

/** A transport in the order of preference: what carries it, and how fast. */
export type ConfiguredTransport = { name: string; channel: 'email' | 'sms'; to: string; perSecond: number };

/** @returns every transport that is configured; none of a channel that is not offered */
export const configuredWays = (env: Env, transports: Transports): ConfiguredTransport[] =>
  transportsOf(transports).map(({ name, channel, pace }) => ({
    name,
    channel,
    to: goesTo(env, name),
    perSecond: pace.perSecond,
  }));
