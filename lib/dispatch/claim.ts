import { Prisma } from '@/generated/prisma/client';
import type { Database } from '@/lib/db/client';
import type { CodeSource } from '@/lib/otp/derive';

/** A claimed delivery with all that its message needs. `userId` null is a decoy: there is no recipient. */
export type ClaimedDelivery = {
  id: string;
  kind: 'code' | 'password_changed';
  channel: 'email' | 'sms';
  queuedAt: Date;
  userId: string | null;
  recipient: string | null;
  challenge: LiveChallenge | null;
};

/** What a code is derived from, and whether it is still worth sending. */
type LiveChallenge = CodeSource & { expiresAt: Date; closedAt: Date | null };

/** How long a claim keeps others away, on the database's clock. A send takes 20 s at most (DEL-1). */
const LEASE = Prisma.sql`interval '60 seconds'`;

type Row = Omit<ClaimedDelivery, 'challenge'> &
  Omit<LiveChallenge, 'id' | 'userId'> & { challengeId: string | null; challengeUserId: string | null };

/**
 * Claims one delivery by one conditional update: of any number of callers, one gets it.
 * A row whose sender died is free again when its lease ends (DEL-10).
 */
export async function claimDelivery(db: Database, id: string): Promise<ClaimedDelivery | null> {
  const [row] = await db.$queryRaw<Row[]>`
    WITH claimed AS (
      UPDATE "Delivery" SET status = 'sending', "leaseUntil" = now() + ${LEASE}
      WHERE id = ${id}::uuid AND (status = 'queued' OR (status = 'sending' AND "leaseUntil" < now()))
      RETURNING *
    )
    SELECT d.id, d.kind::text, d.channel::text, d."queuedAt", d."userId", d."challengeId",
      CASE d.channel WHEN 'email' THEN u.email ELSE u.phone END AS recipient,
      c.nonce, c."keyId", c.purpose::text, c."userId" AS "challengeUserId", c.digits, c."expiresAt", c."closedAt"
    FROM claimed d LEFT JOIN "User" u ON u.id = d."userId" LEFT JOIN "Challenge" c ON c.id = d."challengeId"`;
  if (!row) return null;
  const { challengeId, nonce, keyId, purpose, challengeUserId, digits, expiresAt, closedAt, ...delivery } = row;
  const source = { nonce, keyId, purpose, userId: challengeUserId, digits, expiresAt, closedAt };
  return { ...delivery, challenge: challengeId === null ? null : { id: challengeId, ...source } };
}

/** Ids of deliveries that nobody holds, oldest first. @param limit rows at most */
export async function findWaiting(db: Database, limit: number): Promise<string[]> {
  const rows = await db.$queryRaw<{ id: string }[]>`
    SELECT id FROM "Delivery"
    WHERE status IN ('queued', 'sending') AND (status = 'queued' OR "leaseUntil" < now())
    ORDER BY "queuedAt" LIMIT ${limit}`;
  return rows.map((row) => row.id);
}

export type DeliveryResult = {
  status: 'sent' | 'failed' | 'abandoned';
  provider: string | null;
  providerMessageId: string | null;
  errorCode: string | null;
};

/** Writes how a claimed delivery ended. */
export async function recordResult(db: Database, id: string, result: DeliveryResult): Promise<void> {
  await db.$executeRaw`
    UPDATE "Delivery" SET status = ${result.status}::"DeliveryStatus", provider = ${result.provider},
      "providerMessageId" = ${result.providerMessageId}, "errorCode" = ${result.errorCode},
      "leaseUntil" = NULL, "endedAt" = now()
    WHERE id = ${id}::uuid AND status = 'sending'`;
}
