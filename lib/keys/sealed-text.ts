import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import type { KeyPurpose, Keyring } from './keyring';

/** A text that only a key of ours opens, and the id of that key. */
export type SealedText = { sealed: string; keyId: string };

const IV_BYTES = 12;
const TAG_BYTES = 16;

/**
 * Seals with the issuing key (AES-256-GCM), in one go.
 * @param boundTo a text that must be the same at opening, such as whose it is
 */
export function sealText(keyring: Keyring, purpose: KeyPurpose, boundTo: string, text: string): SealedText {
  const key = keyring.key(keyring.currentId, purpose);
  if (!key) throw new Error('the issuing key is gone');
  const iv = randomBytes(IV_BYTES);
  const cipher = createCipheriv('aes-256-gcm', key, iv).setAAD(Buffer.from(boundTo));
  const sealed = Buffer.concat([iv, cipher.update(text, 'utf8'), cipher.final(), cipher.getAuthTag()]);
  return { sealed: sealed.toString('base64url'), keyId: keyring.currentId };
}

/** @returns null where its key was retired or it was tampered with */
export function openText(keyring: Keyring, purpose: KeyPurpose, boundTo: string, text: SealedText): string | null {
  const key = keyring.key(text.keyId, purpose);
  const bytes = Buffer.from(text.sealed, 'base64url');
  if (!key || bytes.length <= IV_BYTES + TAG_BYTES) return null;
  const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, IV_BYTES), { authTagLength: TAG_BYTES })
    .setAAD(Buffer.from(boundTo))
    .setAuthTag(bytes.subarray(-TAG_BYTES));
  try {
    return Buffer.concat([decipher.update(bytes.subarray(IV_BYTES, -TAG_BYTES)), decipher.final()]).toString('utf8');
  } catch {
    return null;
  }
}
