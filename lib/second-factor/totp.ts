import { Secret, TOTP } from 'otpauth';
import { seconds } from '@/lib/clock';

/** RFC 6238 as every authenticator app reads it: SHA-1, 6 digits, 30 s. */
const settings = { algorithm: 'SHA1', digits: 6, period: 30 } as const;
/** Time steps that a phone's clock may be ahead or behind. */
const DRIFT_STEPS = 1;

/** 160 random bits in base32 (RFC 4226, 4: R6). */
export const newTotpSecret = (): string => new Secret({ size: 20 }).base32;

/** What the QR code says. @param issuer the service's name @param account the person's address */
export const totpUri = (secret: string, issuer: string, account: string): string =>
  new TOTP({ ...settings, secret, issuer, label: account }).toString();

/**
 * Compares in constant time.
 * @param digits ASCII digits
 * @returns the time step that the code belongs to, or null where it is no code of this moment
 */
export function totpStep(secret: string, digits: string, now: Date): number | null {
  const timestamp = now.getTime();
  const delta = new TOTP({ ...settings, secret }).validate({ token: digits, timestamp, window: DRIFT_STEPS });
  return delta === null ? null : Math.floor(timestamp / seconds(settings.period)) + delta;
}
