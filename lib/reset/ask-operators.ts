import type { Prisma } from '@/generated/prisma/client';
import type { ResetDeps } from './deps';

/**
 * Queues a mail to every admin who can be reached: somebody is locked out, and no code can help (POST-3).
 * The person's own mailbox is left out, should they be an admin: it is the one that is in doubt.
 * @param about whose challenge the mail names them by
 * @returns the ids of the queued deliveries
 */
export async function askOperators(
  { offered }: ResetDeps,
  tx: Prisma.TransactionClient,
  about: { userId: string; challengeId: string | null },
  now: Date,
): Promise<string[]> {
  if (!offered.includes('email')) return [];
  const admins = await tx.user.findMany({
    where: { role: 'admin', disabledAt: null, emailVerifiedAt: { not: null }, id: { not: about.userId } },
    select: { id: true },
  });
  const { challengeId } = about;
  const deliveries = await tx.delivery.createManyAndReturn({
    select: { id: true },
    data: admins.map(({ id }) => ({
      kind: 'operator_needed' as const,
      channel: 'email' as const,
      userId: id,
      challengeId,
      queuedAt: now,
    })),
  });
  return deliveries.map(({ id }) => id);
}
