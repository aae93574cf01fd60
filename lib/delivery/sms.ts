import { gsmLength } from './gsm7';
import type { MessageContent } from './messages';

/** One SMS, in GSM-7 characters (DEL-5). */
const longest = 160;

/** Says how long a code lives. @param minutes whole minutes, at least 1 */
export const life = (minutes: number): string => (minutes === 1 ? '1 minute' : `${minutes} minutes`);

type Code = Extract<MessageContent, { kind: 'code' }>;

/** The kind wording first, then the terse one for long names, hosts and codes. */
const wordings: readonly ((content: Code) => string)[] = [
  ({ code, appName, minutes }) =>
    `${code} is your ${appName} code for ${life(minutes)}. Not you? Ignore it, tell no one.\n`,
  ({ code, appName, minutes }) => `${code} is your ${appName} code for ${life(minutes)}. Not you? Ignore it.`,
];

/**
 * The text of a code's SMS. Its last line is `@host #code`, which browsers fill in on that host
 * only (OTC, https://wicg.github.io/sms-one-time-codes/): a host without a port, from APP_URL.
 */
export function codeSms(content: Code): string {
  const lastLine = `@${content.origin.hostname} #${content.code}`;
  const bodies = wordings.map((wording) => `${wording(content)}\n${lastLine}`);
  const fits = bodies.find((body) => (gsmLength(body) ?? Number.POSITIVE_INFINITY) <= longest);
  return fits ?? bodies[bodies.length - 1] ?? lastLine;
}

const utcTime = (at: Date): string => `${at.toISOString().slice(11, 16)} UTC`;

/** The text that tells of a changed password: no link and no code (POST-3). */
export function passwordChangedSms(content: Extract<MessageContent, { kind: 'password_changed' }>): string {
  return `Your ${content.appName} password was changed at ${utcTime(content.at)}. Not you? Contact whoever runs the service.`;
}

/** The text that tells of many wrong codes: nothing to do, no link, no code (POST-3, VER-3). */
export const guessingSms = ({ appName }: { appName: string }): string =>
  `Somebody is guessing at your ${appName} codes. Nobody got in, and new codes have 20 digits. Tell nobody a code.`;

/**
 * Whether every SMS fits 160 GSM-7 characters with this name and host, a code of 20 digits
 * and 10 minutes included (GEN-2, DEL-5). Start-up asks it.
 * @param appName as shown to people @param host a hostname without a port
 */
export function smsFits(appName: string, host: string): boolean {
  const origin = new URL('https://localhost');
  const code = codeSms({
    kind: 'code',
    appName,
    origin: Object.assign(origin, { hostname: host }),
    code: '0'.repeat(20),
    minutes: 10,
    secondsLeft: 600,
    notMe: null,
  });
  const changed = { kind: 'password_changed', appName, origin, at: new Date(0), notMe: null } as const;
  const notice = passwordChangedSms(changed);
  return [code, notice, guessingSms({ appName })].every(
    (text) => (gsmLength(text) ?? Number.POSITIVE_INFINITY) <= longest,
  );
}
