import { Prisma } from '@/generated/prisma/client';
import { plus } from '@/lib/clock';
import { type Keyring, tokenHash } from '@/lib/keys/keyring';
import { deriveNotMe, NOT_ME_LIFE_MS, type NotMeKind } from '@/lib/keys/not-me';

/** What the table keeps of a notice's link. @throws where the key is gone: a challenge issued now has the current one */
export function notMeRow(keyring: Keyring, keyId: string, kind: NotMeKind, challengeId: string, now: Date) {
  const token = deriveNotMe(keyring, keyId, kind, challengeId);
  if (token === null) throw new Error(`There is no key ${keyId}.`);
  return { tokenHash: tokenHash(token), kind, challengeId, expiresAt: plus(now, NOT_ME_LIFE_MS) };
}

/**
 * SQL for the row of the link that cancels a new challenge: one more part of the statement that issues it, so that it
 * costs no round trip. Decoys have one alike (ENU-2).
 * @param issued the part that returns the new challenge's `id` and `userId`
 */
export function closeLink(keyring: Keyring, challengeId: string, now: Date, issued: Prisma.Sql): Prisma.Sql {
  const row = notMeRow(keyring, keyring.currentId, 'close_challenge', challengeId, now);
  return Prisma.sql`linked AS (
    INSERT INTO "ActionToken" ("tokenHash", kind, "challengeId", "userId", "expiresAt")
    SELECT ${row.tokenHash}, 'close_challenge', id, "userId", ${row.expiresAt} FROM ${issued})`;
}
