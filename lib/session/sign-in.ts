import { audit } from '@/lib/audit/audit';
import type { Clock } from '@/lib/clock';
import type { Database } from '@/lib/db/client';
import { authenticate } from '@/lib/users/authenticate';
import { createSession } from './sessions';

export type SignInOutcome =
  | { status: 'signed-in'; userId: string; passwordVersion: number; token: string; expiresAt: Date }
  | { status: 'refused' };

/**
 * The one way in: the form's action and next-auth's own route both come through here.
 * @param email, password anything a form sent
 */
export async function signIn(
  deps: { db: Database; clock: Clock },
  email: unknown,
  password: unknown,
): Promise<SignInOutcome> {
  const who = await authenticate(deps.db, email, password);
  const session = who && (await createSession(deps, who));
  if (!who || !session) {
    await audit(deps.db, { at: deps.clock.now(), type: 'sign_in_failed' });
    return { status: 'refused' };
  }
  return { status: 'signed-in', userId: who.userId, passwordVersion: who.passwordVersion, ...session };
}
