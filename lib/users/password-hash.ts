import { hash, verify } from '@node-rs/argon2';

// OWASP's Password Storage sheet, its first choice of argon2id settings (PW-5).
// The algorithm is the library's default, argon2id; `current` below is checked against what it makes.
const parameters = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };
const current = `$argon2id$v=19$m=${parameters.memoryCost},t=${parameters.timeCost},p=${parameters.parallelism}$`;

/** NFC at set and at verify, so that two keyboards agree on one password; nothing is trimmed (PW-6). */
const normal = (password: string): string => password.normalize('NFC');

/** @returns an argon2id string that carries its own parameters */
export const hashPassword = (password: string): Promise<string> => hash(normal(password), parameters);

/** @returns false also where the stored text is no hash at all */
export async function verifyPassword(stored: string, password: string): Promise<boolean> {
  try {
    return await verify(stored, normal(password));
  } catch {
    return false;
  }
}

/** True where the hash was made with older parameters and should be made anew at sign-in (PW-5). */
export const needsRehash = (stored: string): boolean => !stored.startsWith(current);

let dummy: Promise<string> | undefined;

/** A hash of nobody's password with the live parameters, to spend the same time on unknown people (ENU-4). */
export function dummyHash(): Promise<string> {
  dummy ??= hashPassword(crypto.randomUUID());
  return dummy;
}
