import type { Caller } from '@/lib/caller';
import { wanted } from '@/lib/limits/count-hits';
import { type Spent, spend } from '@/lib/limits/spend';
import type { SecondStepDeps } from './deps';

const budgets = (subject: string) => [wanted('second-step-hour', subject), wanted('second-step-day', subject)];

/**
 * Counts a try at the second step before it is looked at, (RL-1). A known device has rows of its own,
 * so that whoever has learnt a password keeps its owner out of nothing (VER-4).
 */
export async function spendTry(
  { db, caller }: { db: SecondStepDeps['db']; caller: Caller },
  userId: string,
  now: Date,
): Promise<Spent> {
  const [device] = await db.device.findMany({
    where: { id: { in: [...caller.devices] }, userId },
    select: { id: true },
    take: 1,
  });
  const rows = budgets(device ? `device:${device.id}` : userId);
  return spend(db, rows, { type: 'second_step_refused', userId, caller }, now);
}

/** What a right code should not have cost. */
export async function giveTryBack({ db }: Pick<SecondStepDeps, 'db'>, keys: readonly string[]): Promise<void> {
  await db.$executeRaw`
    UPDATE "Counter" SET hits = hits[:cardinality(hits) - 1] WHERE key IN (
      SELECT key FROM "Counter" WHERE key = ANY(${[...keys]}) ORDER BY key FOR UPDATE)`;
}
