import { days } from '@/lib/clock';
import { hmacParts, type Keyring } from './keyring';

/** What a notice's link does: cancels one code, or stops a password that somebody else set (POST-3). */
export type NotMeKind = 'close_challenge' | 'dispute_password';

/** How long a notice's link works (FLO-6). */
export const NOT_ME_LIFE_MS = days(7);

/**
 * The token of a notice's link: derived, so that every retry, resend and failover carries the same one and nothing
 * that could be turned back is stored. The table holds its hash alone.
 * @param keyId of the challenge that the notice is about
 * @returns 256 bits in base64url, or null where the key was retired
 */
export function deriveNotMe(keyring: Keyring, keyId: string, kind: NotMeKind, challengeId: string): string | null {
  const key = keyring.key(keyId, 'link');
  return key ? hmacParts(key, [kind, challengeId]).toString('base64url') : null;
}

/**
 * The link itself, for mails; an SMS never carries it.
 * @param origin APP_URL, never a request's (DEL-4)
 */
export function notMeUrl(
  keyring: Keyring,
  origin: URL,
  kind: NotMeKind,
  keyId: string,
  challengeId: string,
): URL | null {
  const token = deriveNotMe(keyring, keyId, kind, challengeId);
  return token === null ? null : new URL(`/not-me?token=${token}`, origin);
}

/**
 * The id of the challenge that a dispute opens. Derived, so that two clicks open one.
 * @param disputeHash the hash of the disputing token
 * @returns 128 bits in hex
 */
export const deriveDisputeId = (keyring: Keyring, disputeHash: string): string =>
  keyring.pepperedHash('dispute', disputeHash).slice(0, 32);
