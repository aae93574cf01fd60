import type { Prisma } from '@/generated/prisma/client';

/**
 * Ends what is signed in as this user, and what waits for its second step: its sealed cookie opens nothing any more
 * (POST-1, ADM-5). Callers lock the user's row first.
 * @returns how many sessions there were
 */
export async function endSignIns(tx: Prisma.TransactionClient, userId: string): Promise<number> {
  await tx.pendingSignIn.deleteMany({ where: { userId } });
  const { count } = await tx.session.deleteMany({ where: { userId } });
  return count;
}
