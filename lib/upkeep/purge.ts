import { AUDIT_KEPT_DAYS, purgeBatches } from '@/lib/audit/purge-batches';
import type { Database } from '@/lib/db/client';
import { purgeDecoys } from './purge-decoys';

/** How long ended deliveries are kept, for whoever asks what became of a code. */
const DELIVERY_KEPT_DAYS = 30;
/**
 * How long ended challenges are kept: nothing can be proved by them, but a day's health is measured by them. One whose
 * password may still be disputed stays as long as that: it tells by which channels the reset went (POST-3).
 */
const CHALLENGE_KEPT_DAYS = 2;
/** Rows that one statement removes: short locks, also beside ten million rows. */
export const PURGE_BATCH = 1_000;

/** Removes what has had its time, one batch of each kind (AUD-3). @returns whether there may be more */
export async function purge(db: Database): Promise<boolean> {
  const deliveries = await db.$executeRaw`
    DELETE FROM "Delivery" WHERE id IN (
      SELECT id FROM "Delivery"
      WHERE "queuedAt" < now() - make_interval(days => ${DELIVERY_KEPT_DAYS}::int) AND status NOT IN ('queued', 'sending')
      ORDER BY "queuedAt" LIMIT ${PURGE_BATCH} FOR UPDATE SKIP LOCKED)`;
  const challenges = await db.$executeRaw`
    DELETE FROM "Challenge" WHERE id IN (
      SELECT id FROM "Challenge" c WHERE "expiresAt" < now() - make_interval(days => ${CHALLENGE_KEPT_DAYS}::int)
        AND NOT EXISTS (SELECT FROM "ActionToken" WHERE "challengeId" = c.id AND kind = 'dispute_password')
      ORDER BY "expiresAt" LIMIT ${PURGE_BATCH} FOR UPDATE SKIP LOCKED)`;
  const tokens = await db.$executeRaw`
    DELETE FROM "ActionToken" WHERE "tokenHash" IN (
      SELECT "tokenHash" FROM "ActionToken" WHERE "expiresAt" < now()
      ORDER BY "expiresAt" LIMIT ${PURGE_BATCH} FOR UPDATE SKIP LOCKED)`;
  const counters = await db.$executeRaw`
    DELETE FROM "Counter" WHERE key IN (
      SELECT key FROM "Counter" WHERE "expiresAt" < now()
      ORDER BY "expiresAt" LIMIT ${PURGE_BATCH} FOR UPDATE SKIP LOCKED)`;
  const sessions = await db.$executeRaw`
    DELETE FROM "Session" WHERE id IN (
      SELECT id FROM "Session" WHERE "expiresAt" < now()
      ORDER BY "expiresAt" LIMIT ${PURGE_BATCH} FOR UPDATE SKIP LOCKED)`;
  const events = await purgeBatches(db, PURGE_BATCH);
  const decoys = await purgeDecoys(db, PURGE_BATCH);
  const incidents = await db.$executeRaw`
    DELETE FROM "Incident" WHERE id IN (
      SELECT id FROM "Incident" WHERE "endedAt" < now() - make_interval(days => ${AUDIT_KEPT_DAYS}::int)
      ORDER BY "startedAt" LIMIT ${PURGE_BATCH} FOR UPDATE SKIP LOCKED)`;
  return [deliveries, challenges, tokens, counters, sessions, events, decoys, incidents].some(
    (removed) => removed >= PURGE_BATCH,
  );
}
