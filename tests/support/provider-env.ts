import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { smtpPassword, smtpUser } from './smtp-server';
import type { Settings } from './standalone';
import { twilioAccount, twilioToken } from './twilio-simulator';

// What an app is told so that it takes the doubles on this machine for its providers.

/** @param prefix of the first mail server, or of the one that takes over */
export const smtpEnv = (port: number, prefix: 'EMAIL_' | 'EMAIL_FALLBACK_' = 'EMAIL_'): Settings => ({
  [`${prefix}HOST`]: '127.0.0.1',
  [`${prefix}PORT`]: String(port),
  [`${prefix}HOST_USER`]: smtpUser,
  [`${prefix}HOST_PASSWORD`]: smtpPassword,
});

/** @param url of the simulator, or of a line to it */
export const twilioEnv = (url: string): Settings => ({
  TWILIO_ACCOUNT_SID: twilioAccount,
  TWILIO_AUTH_TOKEN: twilioToken,
  TWILIO_PHONE_NUMBER: '+12025550100',
  TWILIO_API_BASE_URL: url,
});

/** Node reads further authorities from a file, once, when it starts. @param ca in PEM @returns how to delete it, too */
export function trusting(ca: string): { env: Settings; forget: () => void } {
  const folder = mkdtempSync(join(tmpdir(), 'latchkey-ca-'));
  const path = join(folder, 'ca.pem');
  writeFileSync(path, ca);
  return { env: { NODE_EXTRA_CA_CERTS: path }, forget: () => rmSync(folder, { recursive: true, force: true }) };
}

/** Mail over TLS, and SMS where a simulator is given. `forget` it when the app has ended. */
export function providerEnv(mail: { port: number; ca: string }, twilioUrl?: string) {
  const { env, forget } = trusting(mail.ca);
  return { env: { ...smtpEnv(mail.port), ...env, ...(twilioUrl ? twilioEnv(twilioUrl) : {}) }, forget };
}
