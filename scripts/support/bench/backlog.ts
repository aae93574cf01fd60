import type { Database } from '@/lib/db/client';
import type { Channel } from '@/lib/delivery/port';

/** How an address of a person of these is written. */
export const addressOf = (set: string, number: number): string => `${set}${number}@latchkey.test`;

/** People who can be reached by both channels. */
export const makePeople = (db: Database, set: string, count: number): Promise<number> => db.$executeRaw`
  INSERT INTO "User" (email, "emailVerifiedAt", phone, "phoneVerifiedAt", name)
  SELECT ${set} || n || '@latchkey.test', now(), '+1202' || (${base(set)} + n), now(), 'Somebody'
  FROM generate_series(1, ${count}::int) n`;

// Seven digits, so that no two sets share a number.
const base = (set: string): number => 1_000_000 + (set.charCodeAt(0) - 96) * 100_000;

/** One live code for each person of a set, as many requests in one moment would queue them. */
export async function queueAll(db: Database, set: string, channel: Channel, keyId: string): Promise<void> {
  await db.$executeRaw`
    WITH issued AS (
      INSERT INTO "Challenge" (id, purpose, "userId", "identifierHash", nonce, "keyId", digits, "maxAttempts",
        "createdAt", "expiresAt")
      SELECT gen_random_uuid(), 'password_reset', id, id, gen_random_uuid(), ${keyId}, 6, 5, now(),
        now() + interval '10 minutes'
      FROM "User" WHERE email LIKE ${`${set}%`} RETURNING id, "userId"
    )
    INSERT INTO "Delivery" (kind, channel, "challengeId", "userId", "queuedAt")
    SELECT 'code', ${channel}::"Channel", id, "userId", now() FROM issued`;
}
