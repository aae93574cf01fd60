import { AUDIT_KEPT_DAYS, purgeBatches } from '@/lib/audit/purge-batches';
import { days, plus } from '@/lib/clock';
import type { Database } from '@/lib/db/client';
import { purgeDecoys } from './purge-decoys';

/** How long ended deliveries are kept, for whoever asks what became of a code. */
const DELIVERY_KEPT_DAYS = 30;
/**
 * How long ended challenges are kept: nothing can be proved by them, but a day's health is measured by them. One whose
 * password may still be disputed stays as long as that: it tells by which channels the reset went (POST-3).
 */
const CHALLENGE_KEPT_DAYS = 2;
/** How long a device is known after it was last seen: as long as its cookie is kept (VER-4). */
const DEVICE_KEPT_DAYS = 365;
/** Rows that one statement removes: short locks, also beside ten million rows. */
export const PURGE_BATCH = 1_000;

/**
 * Removes what has had its time, one batch of each kind (AUD-3). All that it goes by is the app's clock (TIM-1).
 * @returns whether there may be more
 */
export async function purge(db: Database, now: Date): Promise<boolean> {
  const deliveries = await db.$executeRaw`
    DELETE FROM "Delivery" WHERE id IN (
      SELECT id FROM "Delivery"
      WHERE "queuedAt" < ${plus(now, -days(DELIVERY_KEPT_DAYS))} AND status NOT IN ('queued', 'sending')
      ORDER BY "queuedAt" LIMIT ${PURGE_BATCH} FOR UPDATE SKIP LOCKED)`;
  const challenges = await db.$executeRaw`
    DELETE FROM "Challenge" WHERE id IN (
      SELECT id FROM "Challenge" c WHERE "expiresAt" < ${plus(now, -days(CHALLENGE_KEPT_DAYS))}
        AND NOT EXISTS (SELECT FROM "ActionToken" WHERE "challengeId" = c.id AND kind = 'dispute_password')
      ORDER BY "expiresAt" LIMIT ${PURGE_BATCH} FOR UPDATE SKIP LOCKED)`;
  const tokens = await db.$executeRaw`
    DELETE FROM "ActionToken" WHERE "tokenHash" IN (
      SELECT "tokenHash" FROM "ActionToken" WHERE "expiresAt" < ${now}
      ORDER BY "expiresAt" LIMIT ${PURGE_BATCH} FOR UPDATE SKIP LOCKED)`;
  const counters = await db.$executeRaw`
    DELETE FROM "Counter" WHERE key IN (
      SELECT key FROM "Counter" WHERE "expiresAt" < ${now}
      ORDER BY "expiresAt" LIMIT ${PURGE_BATCH} FOR UPDATE SKIP LOCKED)`;
  const sessions = await db.$executeRaw`
    DELETE FROM "Session" WHERE id IN (
      SELECT id FROM "Session" WHERE "expiresAt" < ${now}
      ORDER BY "expiresAt" LIMIT ${PURGE_BATCH} FOR UPDATE SKIP LOCKED)`;
  const devices = await db.$executeRaw`
    DELETE FROM "Device" WHERE id IN (
      SELECT id FROM "Device" WHERE "lastSeenAt" < ${plus(now, -days(DEVICE_KEPT_DAYS))}
      ORDER BY "lastSeenAt" LIMIT ${PURGE_BATCH} FOR UPDATE SKIP LOCKED)`;
  const events = await purgeBatches(db, PURGE_BATCH, now);
  const decoys = await purgeDecoys(db, PURGE_BATCH, now);
  const incidents = await db.$executeRaw`
    DELETE FROM "Incident" WHERE id IN (
      SELECT id FROM "Incident" WHERE "endedAt" < ${plus(now, -days(AUDIT_KEPT_DAYS))}
      ORDER BY "startedAt" LIMIT ${PURGE_BATCH} FOR UPDATE SKIP LOCKED)`;
  return [deliveries, challenges, tokens, counters, sessions, devices, events, decoys, incidents].some(
    (removed) => removed >= PURGE_BATCH,
  );
}
