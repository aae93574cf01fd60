import type { Clock } from '@/lib/clock';
import type { Database } from '@/lib/db/client';

/** A browser remembers its latest accounts, not every one that ever signed in on it. */
const MAX_DEVICES = 10;

/**
 * Marks this browser as known to the account (DESIGN.md, Known device).
 * @param known the device ids that its sealed cookie holds
 * @returns the ids for the renewed cookie, the newest first
 */
export async function rememberDevice(
  { db, clock }: { db: Database; clock: Clock },
  userId: string,
  known: readonly string[],
): Promise<string[]> {
  const now = clock.now();
  const own = await db.device.findFirst({ where: { userId, id: { in: [...known] } }, select: { id: true } });
  const device = own
    ? await db.device.updateManyAndReturn({ where: { id: own.id }, data: { lastSeenAt: now }, select: { id: true } })
    : [await db.device.create({ data: { userId, createdAt: now, lastSeenAt: now }, select: { id: true } })];
  const id = device[0]?.id;
  return (id ? [id, ...known.filter((other) => other !== id)] : [...known]).slice(0, MAX_DEVICES);
}
