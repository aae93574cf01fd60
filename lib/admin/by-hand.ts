import type { Caller } from '@/lib/caller';
import type { Database } from '@/lib/db/client';
import { wanted } from '@/lib/limits/count-hits';
import { spend } from '@/lib/limits/spend';

/** An admin has sent so much by hand that the next message has to wait. */
export type TooMany = { status: 'too-many'; until: Date };

/**
 * Counts a message that an admin is about to send by hand: a retry, an invitation, a test. Their stolen session is no
 * way to flood anybody or to spend a provider's quota (RL-2).
 * @param db a client, or the transaction of the act
 * @returns null where there is room
 */
export async function tooManyByHand(
  db: Pick<Database, '$queryRaw'>,
  { adminId, caller }: { adminId: string; caller: Caller },
  now: Date,
): Promise<TooMany | null> {
  const act = { type: 'sent_by_hand_refused', userId: adminId, caller } as const;
  const spent = await spend(db, [wanted('by-hand-hour', adminId)], act, now);
  return spent.ok ? null : { status: 'too-many', until: spent.until };
}
