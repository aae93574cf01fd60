import 'server-only';
import { isIP } from 'node:net';
import { z } from 'zod';
import { addressProblem, readableAddress } from '@/lib/db/address';
import { databaseUrlProblem } from './database-url';
import { readPeers } from './trusted-peers';

const flag = (fallback: 'true' | 'false') =>
  z
    .enum(['true', 'false', '1', '0', 'on', 'off'])
    .default(fallback)
    .transform((value) => ['true', '1', 'on'].includes(value));

const text = z.string().trim().optional();

/** As it is written: a blank at an end may belong to it. */
const password = z.string().optional();

const databaseUrl = z.string().transform((value, context) => {
  const address = readableAddress(value.trim());
  const message = databaseUrlProblem(address) ?? addressProblem(address);
  if (message) context.addIssue({ code: 'custom', message });
  return address;
});

/** Messages a second. */
const rate = z.coerce.number().positive().max(1_000).optional();

const bytes32 = (value: string): Buffer | undefined => {
  const decoded = Buffer.from(value, 'base64');
  return decoded.length === 32 ? decoded : undefined;
};

const keys = z.string().transform((value, context) => {
  const roots = value.split(',').map((entry) => {
    const [id, secret] = entry.trim().split(':');
    return { id: id ?? '', secret: bytes32(secret ?? '') };
  });
  const unique = new Set(roots.map((root) => root.id)).size === roots.length;
  if (!unique || roots.some((root) => !/^[\w-]{1,32}$/.test(root.id) || !root.secret)) {
    context.addIssue({ code: 'custom', message: 'write it as id:base64-of-32-bytes, comma-separated, each id once' });
    return z.NEVER;
  }
  return roots as { id: string; secret: Buffer }[];
});

const pepper = z.string().transform((value, context) => {
  const decoded = bytes32(value);
  if (!decoded) context.addIssue({ code: 'custom', message: 'give 32 bytes in base64: `openssl rand -base64 32`' });
  return decoded ?? z.NEVER;
});

const bearer = z.string().min(16, 'give at least 16 characters: `openssl rand -base64 32`').optional();

const httpUrl = z.url({ protocol: /^https?$/ }).transform((value) => new URL(value));
const appUrl = httpUrl.transform((value, context) => {
  const { pathname, search, hash, username, password } = value;
  if (pathname !== '/' || search || hash || username || password) {
    const message =
      'give scheme, host and port only, as https://reset.example.com: the app lives at the root of its host';
    context.addIssue({ code: 'custom', message });
  }
  return new URL(value.origin);
});

const bindAddress = z
  .string()
  .trim()
  .refine((value) => isIP(value) > 0, 'give one IP address of this machine, as 127.0.0.1; unset it for all of them')
  .optional();

const peers = z
  .string()
  .default('')
  .transform((value, context) => {
    const found = readPeers(value);
    if (!found)
      context.addIssue({ code: 'custom', message: 'give addresses and networks, as 203.0.113.7,2001:db8::/32' });
    return found ?? z.NEVER;
  });

export const schema = z.object({
  NODE_ENV: z.enum(['development', 'production', 'test']).default('development'),
  APP_NAME: z.string().trim().min(1).max(24).default('Latchkey'),
  APP_URL: appUrl,
  DATABASE_POOL: z.coerce.number().int().min(1).max(500).optional(),
  DATABASE_URL: databaseUrl,
  DATABASE_DIRECT_URL: databaseUrl.optional(),
  DATABASE_WAIT_SECONDS: z.coerce.number().min(0).max(3_600).default(60),
  BIND_ADDRESS: bindAddress,
  LATCHKEY_KEYS: keys,
  LATCHKEY_PEPPER: pepper,
  LATCHKEY_DEMO: flag('false'),
  DISPATCHER: z.enum(['process', 'after']).default('process'),
  EMAIL_HOST: z.string().trim().default('smtp.gmail.com'),
  EMAIL_PORT: z.coerce.number().int().min(1).max(65_535).default(587),
  EMAIL_USE_TLS: flag('true'),
  EMAIL_USE_SSL: flag('false'),
  EMAIL_HOST_USER: text,
  EMAIL_HOST_PASSWORD: password,
  DEFAULT_FROM_EMAIL: text,
  EMAIL_PER_SECOND: rate,
  EMAIL_FALLBACK_HOST: text,
  EMAIL_FALLBACK_PORT: z.coerce.number().int().min(1).max(65_535).default(587),
  EMAIL_FALLBACK_USE_TLS: flag('true'),
  EMAIL_FALLBACK_USE_SSL: flag('false'),
  EMAIL_FALLBACK_HOST_USER: text,
  EMAIL_FALLBACK_HOST_PASSWORD: password,
  EMAIL_FALLBACK_DEFAULT_FROM_EMAIL: text,
  TWILIO_ACCOUNT_SID: text,
  TWILIO_AUTH_TOKEN: text,
  TWILIO_PHONE_NUMBER: text,
  TWILIO_MESSAGING_SERVICE_SID: text,
  TWILIO_API_BASE_URL: text,
  TWILIO_PER_SECOND: rate,
  SMS_COUNTRIES: text,
  SMS_PRICES: text,
  SMS_DAILY_BUDGET: text,
  CRON_SECRET: bearer,
  METRICS_TOKEN: bearer,
  TRUSTED_PROXIES: z.coerce.number().int().min(0).max(10).default(0),
  TRUSTED_PEERS: peers,
  PASSWORD_MIN_LENGTH: z.coerce.number().int().min(8).max(64).default(8),
  HIBP: flag('false'),
  HIBP_API_BASE_URL: httpUrl.default(new URL('https://api.pwnedpasswords.com')),
  ALERT_WEBHOOK_URL: httpUrl.optional(),
});

export const policySchema = schema.pick({
  APP_NAME: true,
  PASSWORD_MIN_LENGTH: true,
  HIBP: true,
  HIBP_API_BASE_URL: true,
});

export type Env = z.output<typeof schema>;
