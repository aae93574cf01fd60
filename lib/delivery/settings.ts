import type { ConnectionOptions } from 'node:tls';
import { fallbackSender } from '@/lib/env/env';
import type { Env } from '@/lib/env/schema';

/** How mail leaves. */
export type SmtpSettings = {
  host: string;
  port: number;
  /** STARTTLS demanded, where TLS does not come from the first byte. */
  useTls: boolean;
  /** TLS from the first byte; so it is on port 465 anyway. */
  useSsl: boolean;
  user?: string | undefined;
  password?: string | undefined;
  from: { name: string; address: string };
  /** The right-hand side of message ids: the host of APP_URL. */
  messageHost: string;
  /** EMAIL_PER_SECOND, where it is set. */
  perSecond?: number | undefined;
};

/** For tests only. Milliseconds. */
export type SmtpOptions = {
  stepTimeoutMs?: number;
  sendTimeoutMs?: number /** Whom to trust. */;
  tls?: ConnectionOptions;
  /** The port that speaks TLS from the first byte: 465. */
  implicitTlsPort?: number;
};

/** How SMS leave. One of `phoneNumber` and `messagingServiceSid` is there; the service wins. */
export type TwilioSettings = {
  accountSid: string;
  authToken: string;
  phoneNumber?: string | undefined;
  messagingServiceSid?: string | undefined;
  /** A simulator in place of https://api.twilio.com. */
  apiBaseUrl?: string | undefined;
  /** APP_URL: where receipts are sent to (DEL-8). */
  origin: URL;
  /** TWILIO_PER_SECOND, where it is set. */
  perSecond?: number | undefined;
};

/** True for Google's own mail servers. */
export const isGmail = (host: string): boolean => /(^|\.)(gmail|googlemail|google)\.com$/i.test(host);

/** True for a host that never leaves this machine. */
export const isLoopback = (host: string): boolean =>
  /^(localhost|127(\.\d{1,3}){3}|\[?::1\]?)$/i.test(host) || host.endsWith('.localhost');

/** `Name <address>` or an address alone, then with the service's name. */
function sender(value: string, appName: string): { name: string; address: string } {
  const [, name, address] = /^\s*(?:"?([^"<]*?)"?\s*<([^<>]+)>)\s*$/.exec(value) ?? [];
  return address ? { name: name || appName, address: address.trim() } : { name: appName, address: value.trim() };
}

/** The names people know from Django. */
export type SmtpEnv = Pick<
  Env,
  | 'EMAIL_HOST'
  | 'EMAIL_PORT'
  | 'EMAIL_USE_TLS'
  | 'EMAIL_HOST_USER'
  | 'EMAIL_HOST_PASSWORD'
  | 'DEFAULT_FROM_EMAIL'
  | 'APP_NAME'
  | 'APP_URL'
> &
  Partial<Pick<Env, 'EMAIL_PER_SECOND' | 'EMAIL_USE_SSL'>>;

/** The second SMTP server under the names of the first (EMAIL_FALLBACK_…). */
export const fallbackEnv = (env: Env): SmtpEnv => ({
  EMAIL_HOST: env.EMAIL_FALLBACK_HOST ?? 'smtp.gmail.com',
  EMAIL_PORT: env.EMAIL_FALLBACK_PORT,
  EMAIL_USE_TLS: env.EMAIL_FALLBACK_USE_TLS,
  EMAIL_USE_SSL: env.EMAIL_FALLBACK_USE_SSL,
  EMAIL_HOST_USER: env.EMAIL_FALLBACK_HOST_USER,
  EMAIL_HOST_PASSWORD: env.EMAIL_FALLBACK_HOST_PASSWORD,
  DEFAULT_FROM_EMAIL: fallbackSender(env),
  APP_NAME: env.APP_NAME,
  APP_URL: env.APP_URL,
});

/** Google shows an app password in four groups and takes it without the blanks; anyone else's blanks are theirs. */
const appPassword = ({ EMAIL_HOST: host, EMAIL_HOST_PASSWORD: password }: SmtpEnv): string | undefined =>
  password && isGmail(host) && /^\s*[a-z]{4}(\s+[a-z]{4}){3}\s*$/i.test(password)
    ? password.replace(/\s/g, '')
    : password;

/** The SMTP part of the environment. Call it only where configuredTransports says `smtp`. */
export function smtpSettings(env: SmtpEnv): SmtpSettings {
  return {
    host: env.EMAIL_HOST,
    port: env.EMAIL_PORT,
    useTls: env.EMAIL_USE_TLS,
    useSsl: env.EMAIL_USE_SSL ?? false,
    user: env.EMAIL_HOST_USER,
    password: appPassword(env),
    from: sender(env.DEFAULT_FROM_EMAIL ?? env.EMAIL_HOST_USER ?? '', env.APP_NAME),
    messageHost: env.APP_URL.hostname,
    perSecond: env.EMAIL_PER_SECOND,
  };
}

export type TwilioEnv = Pick<
  Env,
  | 'TWILIO_ACCOUNT_SID'
  | 'TWILIO_AUTH_TOKEN'
  | 'TWILIO_PHONE_NUMBER'
  | 'TWILIO_MESSAGING_SERVICE_SID'
  | 'TWILIO_API_BASE_URL'
  | 'APP_URL'
> &
  Partial<Pick<Env, 'TWILIO_PER_SECOND'>>;

/** The Twilio part of the environment. Call it only where configuredTransports says `twilio`. */
export function twilioSettings(env: TwilioEnv): TwilioSettings {
  return {
    accountSid: env.TWILIO_ACCOUNT_SID ?? '',
    authToken: env.TWILIO_AUTH_TOKEN ?? '',
    phoneNumber: env.TWILIO_PHONE_NUMBER,
    messagingServiceSid: env.TWILIO_MESSAGING_SERVICE_SID,
    apiBaseUrl: env.TWILIO_API_BASE_URL,
    origin: env.APP_URL,
    perSecond: env.TWILIO_PER_SECOND,
  };
}
