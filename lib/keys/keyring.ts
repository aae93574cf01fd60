import { createHash, createHmac, hkdfSync } from 'node:crypto';

/** What a derived key may be used for: one key a purpose (CFG-3). */
export type KeyPurpose =
  | 'code'
  | 'grant'
  | 'flow'
  | 'sign-in'
  | 'device'
  | 'link'
  | 'proof'
  | 'second-step'
  | 'totp'
  | 'search'
  | 'typed';

/** The parsed `LATCHKEY_KEYS`: the first key issues, all of them verify. */
export type RootKey = { id: string; secret: Uint8Array };

export type Keyring = {
  /** The id of the key that issues now; stored beside what it derives. */
  readonly currentId: string;
  /** Every key id, the issuing one first. */
  readonly ids: readonly string[];
  /** @returns 32 bytes for the purpose, or undefined where the key was retired. */
  key(id: string, purpose: KeyPurpose): Buffer | undefined;
  /** A keyed hash, hex, by the pepper: stays comparable across key rotation. */
  pepperedHash(label: string, value: string): string;
};

/** @param keys at least one @param pepper 32 bytes, never rotated (CFG-3) */
export function createKeyring(keys: readonly RootKey[], pepper: Uint8Array): Keyring {
  const [current] = keys;
  if (!current) throw new Error('A keyring needs at least one key.');
  const roots = new Map(keys.map((root) => [root.id, root.secret]));
  const derived = new Map<string, Buffer>();
  return {
    currentId: current.id,
    ids: keys.map((root) => root.id),
    key(id, purpose) {
      const root = roots.get(id);
      if (!root) return undefined;
      const name = `${purpose}\0${id}`;
      const known = derived.get(name);
      if (known) return known;
      // RFC 5869, with the purpose as the info, so that no key serves two ends.
      const key = Buffer.from(hkdfSync('sha256', root, Buffer.alloc(0), `latchkey/${purpose}/v1`, 32));
      derived.set(name, key);
      return key;
    },
    pepperedHash: (label, value) => createHmac('sha256', pepper).update(`${label}\0${value}`).digest('hex'),
  };
}

/**
 * HMAC-SHA-256 over length-prefixed parts, so that no two lists of parts share one encoding.
 * @returns 32 bytes
 */
export function hmacParts(key: Uint8Array, parts: readonly string[]): Buffer {
  const hmac = createHmac('sha256', key);
  for (const part of parts) {
    const bytes = Buffer.from(part, 'utf8');
    const length = Buffer.alloc(4);
    length.writeUInt32BE(bytes.length);
    hmac.update(length).update(bytes);
  }
  return hmac.digest();
}

/** SHA-256 in hex, for tokens of 128 bits or more that need no slow hash. */
export const tokenHash = (token: string): string => createHash('sha256').update(token).digest('hex');
