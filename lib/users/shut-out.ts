import type { Prisma } from '@/generated/prisma/client';

/**
 * Shuts somebody out: they do not sign in, and devices, open codes and unspent grants end (POST-1). Callers lock the
 * person's row first, and end the sessions themselves, because they tell how many there were.
 */
export async function shutOut(tx: Prisma.TransactionClient, id: string, at: Date): Promise<void> {
  await tx.user.updateMany({ where: { id, disabledAt: null }, data: { disabledAt: at } });
  await tx.device.deleteMany({ where: { userId: id } });
  // A closed challenge proves nothing and its grant spends nothing.
  await tx.challenge.updateMany({ where: { userId: id, closedAt: null }, data: { closedAt: at } });
}
