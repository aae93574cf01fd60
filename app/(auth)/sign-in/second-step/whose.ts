import 'server-only';
import { redirect } from 'next/navigation';
import { container } from '@/lib/container';
import { newPending, type Pending } from '@/lib/second-factor/pending';
import { currentUser } from '@/lib/session/current';
import { returnPath } from '@/lib/session/return-path';
import { readPending } from '@/lib/session/second-step';
import { type CountedSignIn, nothingCounted } from '@/lib/session/sign-in-limits';

/** `sessionId`: of the session that is only to be proved anew; null where there is none yet. */
export type Whose = { pending: Pending; sessionId: string | null; counted: CountedSignIn };

/**
 * Whose second step this is: somebody's whose password has just fitted, or an admin's who is asked once more.
 * @param next where an admin wants to go on; the cookie knows it of the others
 */
export async function whoseSecondStep(next: unknown): Promise<Whose> {
  const [living, person] = [await readPending(), await currentUser()];
  if (living) {
    // A password typed just now makes a new session (LOG-2), even beside one that exists.
    const again = living.counted.failuresKey === '' && person?.userId === living.pending.userId;
    return { ...living, sessionId: again ? person.sessionId : null };
  }
  if (person?.role !== 'admin') redirect('/sign-in');
  const where = { id: person.userId };
  const { passwordVersion } = await container().db.user.findUniqueOrThrow({ where, select: { passwordVersion: true } });
  const who = { userId: person.userId, passwordVersion };
  return { pending: newPending(who, returnPath(next, '/admin')), sessionId: person.sessionId, counted: nothingCounted };
}
