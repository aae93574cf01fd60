import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import type { Keyring } from '@/lib/keys/keyring';

/** A secret as its row holds it. */
export type Sealed = { sealedSecret: string; keyId: string };

const IV_BYTES = 12;
const TAG_BYTES = 16;

/** Seals with the issuing key (AES-256-GCM), bound to the person: a row moved to another account opens nothing. */
export function sealSecret(keyring: Keyring, userId: string, secret: string): Sealed {
  const key = keyring.key(keyring.currentId, 'totp');
  if (!key) throw new Error('the issuing key is gone');
  const iv = randomBytes(IV_BYTES);
  const cipher = createCipheriv('aes-256-gcm', key, iv).setAAD(Buffer.from(userId));
  const sealed = Buffer.concat([iv, cipher.update(secret, 'utf8'), cipher.final(), cipher.getAuthTag()]);
  return { sealedSecret: sealed.toString('base64url'), keyId: keyring.currentId };
}

/** @returns null where its key was retired or the row was tampered with */
export function openSecret(keyring: Keyring, userId: string, { sealedSecret, keyId }: Sealed): string | null {
  const key = keyring.key(keyId, 'totp');
  const bytes = Buffer.from(sealedSecret, 'base64url');
  if (!key || bytes.length <= IV_BYTES + TAG_BYTES) return null;
  const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, IV_BYTES), { authTagLength: TAG_BYTES })
    .setAAD(Buffer.from(userId))
    .setAuthTag(bytes.subarray(-TAG_BYTES));
  try {
    return Buffer.concat([decipher.update(bytes.subarray(IV_BYTES, -TAG_BYTES)), decipher.final()]).toString('utf8');
  } catch {
    return null;
  }
}
