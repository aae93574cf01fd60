import { createHash } from 'node:crypto';
import { sealData, unsealData } from 'iron-session';
import type { Keyring } from '@/lib/keys/keyring';

type SealPurpose = 'flow' | 'device' | 'second-step' | 'search';

/** iron-session names keys by number. A number from the id itself stays the same whatever is rotated around it. */
const numberOf = (id: string): string => String(createHash('sha256').update(id).digest().readUInt32BE(0));

const passwords = (keyring: Keyring, purpose: SealPurpose, ids: readonly string[]): Record<string, string> =>
  Object.fromEntries(ids.map((id) => [numberOf(id), keyring.key(id, purpose)?.toString('base64url') ?? '']));

/** Seals with the issuing key. @param ttlSeconds how long the seal holds */
export function seal(keyring: Keyring, purpose: SealPurpose, value: object, ttlSeconds: number): Promise<string> {
  return sealData(value, { password: passwords(keyring, purpose, [keyring.currentId]), ttl: ttlSeconds });
}

/**
 * Opens a seal made with any key of the ring.
 * @returns undefined for one that is garbled, foreign, too old, or of a retired key
 */
export async function unseal(
  keyring: Keyring,
  purpose: SealPurpose,
  sealed: string,
  ttlSeconds: number,
): Promise<unknown> {
  // Whole, and once: what stands behind the seal and its version is not under the seal.
  if (sealed.length > 4_096 || !/^[^~]+~2$/.test(sealed)) return undefined;
  try {
    return await unsealData(sealed, { password: passwords(keyring, purpose, keyring.ids), ttl: ttlSeconds });
  } catch {
    return undefined;
  }
}
