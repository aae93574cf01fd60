import type { Database } from '@/lib/db/client';
import { normaliseEmail } from './identifiers';
import { dummyHash, hashPassword, needsRehash, verifyPassword } from './password-hash';
import { MAX_PASSWORD_LENGTH } from './password-policy';

/** Who proved the password, and at which version of it: a session is made for that version only (FLO-5). */
export type Authenticated = { userId: string; passwordVersion: number; role: 'user' | 'admin' };

/**
 * Checks an email and a password. Unknown, disabled, without a password and wrong all cost one hash
 * with live parameters and look alike (ENU-4).
 * @returns null where they do not fit
 */
export async function authenticate(db: Database, email: unknown, password: unknown): Promise<Authenticated | null> {
  const identifier = normaliseEmail(email);
  const typed = typeof password === 'string' && [...password].length <= MAX_PASSWORD_LENGTH ? password : '';
  const user = identifier.ok ? await db.user.findUnique({ where: { email: identifier.value } }) : null;
  const stored = user && !user.disabledAt ? user.passwordHash : null;
  const fits = await verifyPassword(stored ?? (await dummyHash()), typed);
  if (!user || !stored || !fits) return null;
  if (needsRehash(stored)) {
    // Only over the very hash that was proved: a reset beside this sign-in wins.
    const passwordHash = await hashPassword(typed);
    await db.user.updateMany({ where: { id: user.id, passwordHash: stored }, data: { passwordHash } });
  }
  return { userId: user.id, passwordVersion: user.passwordVersion, role: user.role };
}
