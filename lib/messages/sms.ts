import type { MessageContent } from './content';
import { gsmLength } from './gsm7';
import { fill, standardOf, type WordedKind, type Wording } from './standard-wordings';

/** One SMS, in GSM-7 characters (DEL-5). */
export const longestSms = 160;

/** Says how long a code lives. @param minutes whole minutes, at least 1 */
export const life = (minutes: number): string => (minutes === 1 ? '1 minute' : `${minutes} minutes`);

type Content<Kind> = Extract<MessageContent, { kind: Kind }>;

/** What a text ends with, whatever an admin words before it. A code's has a terse form for long names and hosts. */
const endings = {
  code: [' Not you? Ignore it, tell no one.\n', ' Not you? Ignore it.'],
  password_changed: ' Not you? Contact whoever runs the service.',
  guessing: ' Tell nobody a code.',
} as const;

const fits = (text: string): boolean => (gsmLength(text) ?? Number.POSITIVE_INFINITY) <= longestSms;
const bodyOf = (kind: WordedKind, wording: Wording | null): string => (wording ?? standardOf(kind, 'sms')).body;

/**
 * The text of a code's SMS. Its last line is `@host #code`, which browsers fill in on that host
 * only (OTC, https://wicg.github.io/sms-one-time-codes/): a host without a port, from APP_URL.
 */
export function codeSms({ appName, origin, code, minutes }: Content<'code'>, wording: Wording | null = null): string {
  const said = fill(bodyOf('code', wording), { app: appName, code, minutes: life(minutes) });
  const [kind, terse] = endings.code.map((ending) => `${said}${ending}\n@${origin.hostname} #${code}`) as [
    string,
    string,
  ];
  return fits(kind) ? kind : terse;
}

const utcTime = (at: Date): string => `${at.toISOString().slice(11, 16)} UTC`;

/** The text that tells of a changed password: no link and no code (POST-3). */
export function passwordChangedSms(
  { appName, at }: Content<'password_changed'>,
  wording: Wording | null = null,
): string {
  return fill(bodyOf('password_changed', wording), { app: appName, when: utcTime(at) }) + endings.password_changed;
}

/** The text that tells of many wrong codes: nothing to do, no link, no code (POST-3, VER-3). */
export function guessingSms(
  { appName, at }: Pick<Content<'guessing'>, 'appName' | 'at'>,
  wording: Wording | null = null,
): string {
  return fill(bodyOf('guessing', wording), { app: appName, when: utcTime(at) }) + endings.guessing;
}

/** The kinds that go by SMS. */
export const smsKinds = ['code', 'password_changed', 'guessing'] as const;
export type SmsKind = (typeof smsKinds)[number];

/**
 * The longest that an SMS of this kind gets: 20 digits, 10 minutes (GEN-2, DEL-5).
 * @param host a hostname without a port
 */
export function longestText(kind: SmsKind, appName: string, host: string, wording: Wording | null = null): string {
  const origin = Object.assign(new URL('https://localhost'), { hostname: host });
  const about = { appName, origin, at: new Date(0), notMe: null };
  switch (kind) {
    case 'code':
      return codeSms({ kind, ...about, code: '0'.repeat(20), minutes: 10, secondsLeft: 600 }, wording);
    case 'password_changed':
      return passwordChangedSms({ kind, ...about }, wording);
    case 'guessing':
      return guessingSms(about, wording);
  }
}

/**
 * Whether every standard SMS fits 160 GSM-7 characters with this name and host, a code of 20 digits
 * and 10 minutes included (GEN-2, DEL-5). Start-up asks it.
 * @param appName as shown to people @param host a hostname without a port
 */
export const smsFits = (appName: string, host: string): boolean =>
  smsKinds.every((kind) => fits(longestText(kind, appName, host)));
