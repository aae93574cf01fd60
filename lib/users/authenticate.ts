import type { Database } from '@/lib/db/client';
import type { Slots } from './hash-slots';
import { dummyHash, hashPassword, needsRehash, verifyPassword } from './password-hash';
import { MAX_PASSWORD_LENGTH } from './password-policy';

/** Who proved the password, and at which version of it: a session is made for that version only (FLO-5). */
export type Authenticated = { userId: string; passwordVersion: number; role: 'user' | 'admin' };

/**
 * Checks an email and a password. Unknown, disabled, without a password and wrong all cost one hash
 * with live parameters and look alike (ENU-4).
 * @param email as `normaliseEmail` gives it @param client whose place in the queue it takes
 * @returns null where they do not fit, 'busy' where too many passwords wait to be checked
 */
export async function authenticate(
  { db, hashSlots, client }: { db: Database; hashSlots: Slots; client: string },
  email: string,
  password: unknown,
): Promise<Authenticated | 'busy' | null> {
  const typed = typeof password === 'string' && [...password].length <= MAX_PASSWORD_LENGTH ? password : '';
  const user = await db.user.findUnique({ where: { email } });
  const stored = user && !user.disabledAt ? user.passwordHash : null;
  const fits = await hashSlots.run(client, async () => verifyPassword(stored ?? (await dummyHash()), typed));
  if (fits === 'busy') return 'busy';
  if (!user || !stored || !fits) return null;
  const passwordHash = needsRehash(stored) ? await hashSlots.run(client, () => hashPassword(typed)) : 'busy';
  // Only over the very hash that was proved: a reset beside this sign-in wins. Where the queue is full, the next time.
  if (passwordHash !== 'busy')
    await db.user.updateMany({ where: { id: user.id, passwordHash: stored }, data: { passwordHash } });
  return { userId: user.id, passwordVersion: user.passwordVersion, role: user.role };
}
