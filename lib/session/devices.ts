import type { Clock } from '@/lib/clock';
import type { Database } from '@/lib/db/client';

/** A browser remembers its latest accounts, not every one that ever signed in on it. */
const MAX_DEVICES = 10;

/**
 * Marks this browser as known to the account (VER-4), in one statement. The person's row is
 * share-locked at the version that was proved, so that a reset beside it leaves no device behind (POST-1).
 * @param known the device ids that its sealed cookie holds
 * @returns the ids for the renewed cookie, the newest first
 */
export async function rememberDevice(
  { db, clock }: { db: Database; clock: Clock },
  who: { userId: string; passwordVersion: number },
  known: readonly string[],
): Promise<string[]> {
  const now = clock.now();
  const [device] = await db.$queryRaw<{ id: string }[]>`
    WITH person AS (
      SELECT id FROM "User" WHERE id = ${who.userId}::uuid AND "passwordVersion" = ${who.passwordVersion}
        AND "disabledAt" IS NULL FOR SHARE
    ), seen AS (
      UPDATE "Device" d SET "lastSeenAt" = ${now} FROM person
      WHERE d."userId" = person.id AND d.id = ANY(${[...known]}::uuid[]) RETURNING d.id
    ), made AS (
      INSERT INTO "Device" ("userId", "createdAt", "lastSeenAt")
      SELECT id, ${now}, ${now} FROM person WHERE NOT EXISTS (SELECT FROM seen) RETURNING id
    )
    SELECT id FROM seen UNION ALL SELECT id FROM made LIMIT 1`;
  if (!device) return [...known];
  return [device.id, ...known.filter((other) => other !== device.id)].slice(0, MAX_DEVICES);
}
