import { randomUUID } from 'node:crypto';
import type { Client } from 'pg';
import type { RootKey } from '@/lib/keys/keyring';
import { createKeyring } from '@/lib/keys/keyring';
import { deriveCode } from '@/lib/otp/derive';
import type { Asked } from './counts';

export type Reach = 'email' | 'sms' | 'both';

/** People with accounts: by which channels they can be reached. @returns how they are called */
export async function makePeople(db: Client, count: number, reach: Reach): Promise<string> {
  const set = `p${randomUUID().slice(0, 8)}`;
  const base = 2_000_000 + Math.floor(Math.random() * 7_000) * 1_000;
  await db.query(
    `INSERT INTO "User" (email, "emailVerifiedAt", phone, "phoneVerifiedAt", name)
     SELECT $1 || '-' || n || '@example.com', CASE WHEN $3 THEN now() END,
       CASE WHEN $4 THEN '+1202' || ($5::int + n) END, CASE WHEN $4 THEN now() END, 'Somebody'
     FROM generate_series(1, $2::int) n`,
    [set, count, reach !== 'sms', reach !== 'email', base],
  );
  return set;
}

/** Queues a code for each of a set, as many requests in one moment would. @param lifeSeconds below 0: it is dead */
export async function queue(
  db: Client,
  set: string,
  channel: 'email' | 'sms',
  { keyId = 'a', lifeSeconds = 600 }: { keyId?: string; lifeSeconds?: number } = {},
): Promise<void> {
  await db.query(
    `WITH issued AS (
      INSERT INTO "Challenge" (id, purpose, "userId", "identifierHash", nonce, "keyId", digits, "maxAttempts",
        "createdAt", "expiresAt")
      SELECT gen_random_uuid(), 'password_reset', id, id, gen_random_uuid(), $2, 6, 5, now(),
        now() + $3 * interval '1 second'
      FROM "User" WHERE email LIKE $1 || '-%' RETURNING id, "userId"
    )
    INSERT INTO "Delivery" (kind, channel, "challengeId", "userId", "queuedAt")
    SELECT 'code', $4::"Channel", id, "userId", now() FROM issued`,
    [set, keyId, lifeSeconds, channel],
  );
}

type Row = { id: string; nonce: string; keyId: string; userId: string; digits: number; email: string; phone: string };

/** Everybody whose request was committed, with the code that is theirs: derived here, apart from the app. */
export async function committed(db: Client, keys: readonly RootKey[]): Promise<Asked[]> {
  const keyring = createKeyring(keys, Buffer.alloc(32));
  const { rows } = await db.query<Row & { alive: boolean }>(
    `SELECT c.id, c.nonce, c."keyId", c."userId", c.digits, u.email, u.phone, d."queuedAt" < c."expiresAt" AS alive
     FROM "Challenge" c JOIN "User" u ON u.id = c."userId"
       JOIN "Delivery" d ON d."challengeId" = c.id AND d."failoverOf" IS NULL`,
  );
  return rows.map(({ email, phone, alive, ...challenge }) => ({
    email,
    phone,
    alive,
    code: deriveCode(keyring, { ...challenge, purpose: 'password_reset' }) ?? '',
  }));
}
