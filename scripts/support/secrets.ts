import { randomBytes, randomUUID } from 'node:crypto';
import { linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

export type Secrets = {
  /** As LATCHKEY_KEYS. */
  keys: string;
  /** As LATCHKEY_PEPPER. */
  pepper: string;
  /** The demo people's passwords, by email. */
  passwords: { 'ana@latchkey.test': string; 'admin@latchkey.test': string };
};

const bytes32 = (): string => randomBytes(32).toString('base64');

/** Sixteen characters without look-alikes, in groups: over 75 bits, and easy to type from a screen. */
export function readablePassword(): string {
  const alphabet = 'abcdefghjkmnpqrstuvwxyz23456789';
  const letter = (): string => {
    for (;;) {
      // 248 is the largest multiple of 31 in a byte: the rest would favour the first letters.
      const byte = randomBytes(1)[0] ?? 255;
      if (byte < 248) return alphabet.charAt(byte % alphabet.length);
    }
  };
  return Array.from({ length: 4 }, () => Array.from({ length: 4 }, letter).join('')).join('-');
}

/** The secrets of this machine, made at first use and kept for its owner only. @param folder the data directory */
export function developmentSecrets(folder: string): Secrets {
  const path = join(folder, 'secrets.json');
  const kept = read(path);
  if (kept) return kept;
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const made: Secrets = {
    keys: `dev:${bytes32()}`,
    pepper: bytes32(),
    passwords: { 'ana@latchkey.test': readablePassword(), 'admin@latchkey.test': readablePassword() },
  };
  const draft = `${path}.${randomUUID()}`;
  writeFileSync(draft, `${JSON.stringify(made, null, 2)}\n`, { mode: 0o600, flag: 'wx' });
  try {
    linkSync(draft, path);
    return made;
  } catch (error) {
    // Another command made them in the same moment: its secrets count.
    const others = read(path);
    if (others) return others;
    throw error;
  } finally {
    rmSync(draft);
  }
}

function read(path: string): Secrets | null {
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as Secrets;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw new Error(`${path} is not readable as JSON. Mend it, or delete it to make new secrets.`);
  }
}
