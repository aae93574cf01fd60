import { type AuditType, audit } from '@/lib/audit/audit';
import type { Caller } from '@/lib/caller';
import type { Clock } from '@/lib/clock';
import type { Database } from '@/lib/db/client';
import type { Keyring } from '@/lib/keys/keyring';
import type { Blocked } from '@/lib/limits/blocked';
import type { Asked } from '@/lib/proof/proof';
import { authenticate } from '@/lib/users/authenticate';
import type { Slots } from '@/lib/users/hash-slots';
import { normaliseEmail } from '@/lib/users/identifiers';
import { createSession } from './sessions';
import { type CountedSignIn, countSignIn, uncountSignIn } from './sign-in-limits';

export type SignInOutcome =
  | { status: 'signed-in'; userId: string; passwordVersion: number; token: string; expiresAt: Date }
  /**
   * An admin's password fitted; without the second step there is no session (ADM-5). The try stays counted as failed
   * until then.
   */
  | { status: 'second-step'; userId: string; passwordVersion: number; counted: CountedSignIn }
  | { status: 'refused' }
  /** Too many sign-ins failed from this network. */
  | { status: 'refused-here'; until: Date }
  /** So much goes wrong that this browser must work first, or wait. No password was looked at (RL-2). */
  | { status: 'prove'; proof: Asked }
  /** Too many passwords are being checked at this moment. */
  | { status: 'busy' };

export type SignInDeps = {
  db: Database;
  clock: Clock;
  keyring: Keyring;
  caller: Caller;
  blocked: Blocked;
  hashSlots: Slots;
};

/**
 * The one way in: the form's action and next-auth's own route both come through here, and its limits hold at both.
 * Unknown, disabled, wrong and told to wait look alike (LOG-1, ENU-4).
 * @param email, password anything a form sent
 */
export async function signIn(deps: SignInDeps, email: unknown, password: unknown): Promise<SignInOutcome> {
  const { db, clock, caller } = deps;
  const identifier = normaliseEmail(email);
  if (!identifier.ok) return { status: 'refused' };
  const verdict = await countSignIn(deps, { email: identifier.value, now: clock.now() });
  if (verdict.status === 'refused') return { status: 'refused-here', until: verdict.until };
  if (verdict.status === 'prove') return verdict;
  if (verdict.status === 'waiting') return { status: 'refused' };
  const who = await authenticate({ ...deps, client: caller.address }, identifier.value, password);
  if (who === 'busy') {
    await uncountSignIn(db, verdict.counted);
    return { status: 'busy' };
  }
  if (who?.role === 'admin') {
    const { userId, passwordVersion } = who;
    const right = { at: clock.now(), type: 'password_right' as const, actorId: userId, subjectId: userId };
    await audit(db, { ...right, source: caller.address });
    return { status: 'second-step', userId, passwordVersion, counted: verdict.counted };
  }
  const session = who && (await createSession(deps, who, { counted: verdict.counted }));
  if (!who || !session) {
    const failed: AuditType = 'sign_in_failed';
    // One statement for whoever is known or not (ENU-4).
    await db.$executeRaw`
      INSERT INTO "AuditEvent" (at, type, "subjectId", source)
      SELECT ${clock.now()}, ${failed}, (SELECT id FROM "User" WHERE email = ${identifier.value}), ${caller.address}`;
    return { status: 'refused' };
  }
  return { status: 'signed-in', userId: who.userId, passwordVersion: who.passwordVersion, ...session };
}
