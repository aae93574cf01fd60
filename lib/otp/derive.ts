import { randomBytes, timingSafeEqual } from 'node:crypto';
import { hmacParts, type Keyring } from '@/lib/keys/keyring';

/** What a challenge may prove. One mechanism serves them all; the purpose is part of the code (GEN-5). */
export type Purpose = 'password_reset' | 'second_step';

/** The columns of a challenge that its code is derived from. */
export type CodeSource = {
  id: string;
  nonce: string;
  keyId: string;
  purpose: Purpose;
  /** Null for a decoy, whose code exists and fits nobody. */
  userId: string | null;
  digits: number;
};

/** 128 random bits: the id of a challenge, made before its row (FLO-1). */
export const newChallengeId = (): string => randomBytes(16).toString('base64url');
/** 128 random bits. */
export const newNonce = (): string => randomBytes(16).toString('base64url');

/**
 * Derives a challenge's code; nothing that the database alone holds can (GEN-2).
 * The whole 256 bits modulo 10^digits: the bias is below 2^-189 even for 20 digits (GEN-1).
 * @returns `digits` decimal digits, leading zeros kept, or null where the key was retired
 */
export function deriveCode(keyring: Keyring, source: CodeSource): string | null {
  const key = keyring.key(source.keyId, 'code');
  if (!key) return null;
  const parts = [source.id, source.nonce, source.purpose, source.userId ?? '', String(source.digits)];
  const number = BigInt(`0x${hmacParts(key, parts).toString('hex')}`);
  return (number % 10n ** BigInt(source.digits)).toString().padStart(source.digits, '0');
}

/**
 * The secret that a proof is sealed as: derived, so that a double click seals the same one (GEN-4, FLO-2).
 * @returns 256 bits in base64url, or null where the key was retired
 */
export function deriveGrant(keyring: Keyring, source: CodeSource): string | null {
  const key = keyring.key(source.keyId, 'grant');
  return key
    ? hmacParts(key, [source.id, source.nonce, source.purpose, source.userId ?? '']).toString('base64url')
    : null;
}

/**
 * The id of the challenge that replaces this one. Derived, so that two clicks open one (GEN-3).
 * @returns null where the key was retired
 */
export function deriveSuccessorId(keyring: Keyring, source: CodeSource): string | null {
  const key = keyring.key(source.keyId, 'grant');
  return key ? hmacParts(key, ['successor', source.id, source.nonce]).subarray(0, 16).toString('base64url') : null;
}

/** Compares in constant time; a difference in length is no secret, both are public figures. */
export function sameSecret(a: string, b: string): boolean {
  const left = Buffer.from(a);
  const right = Buffer.from(b);
  return left.length === right.length && timingSafeEqual(left, right);
}
