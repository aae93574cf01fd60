import type { Keyring } from '@/lib/keys/keyring';
import { openText, sealText } from '@/lib/keys/sealed-text';

/** A secret as its row holds it. */
export type Sealed = { sealedSecret: string; keyId: string };

/** Seals with the issuing key, bound to the person: a row moved to another account opens nothing. */
export function sealSecret(keyring: Keyring, userId: string, secret: string): Sealed {
  const { sealed, keyId } = sealText(keyring, 'totp', userId, secret);
  return { sealedSecret: sealed, keyId };
}

/** @returns null where its key was retired or the row was tampered with */
export const openSecret = (keyring: Keyring, userId: string, { sealedSecret, keyId }: Sealed): string | null =>
  openText(keyring, 'totp', userId, { sealed: sealedSecret, keyId });
