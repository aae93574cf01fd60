import { Prisma } from '@/generated/prisma/client';
import { type TooMany, tooManyByHand } from '@/lib/admin/by-hand';
import { type AuditType, audit } from '@/lib/audit/audit';
import { minutes, plus } from '@/lib/clock';
import type { Keyring } from '@/lib/keys/keyring';
import type { Channel } from '@/lib/otp/challenge';
import type { Acting } from './act-on-person';
import { identifierKeys } from './identifier-keys';

/** A second mail within this time would be a second click. */
const AGAIN_MS = minutes(10);

export type Invited =
  | { status: 'queued'; deliveryId: string }
  /** Somebody sent one moments ago. */
  | { status: 'sent-already' }
  /** No address of theirs is verified, they are disabled, or nothing goes by email. */
  | { status: 'out-of-reach' }
  | TooMany;

/**
 * Mails somebody a plain link to `/forgot-password` (ADM-3). It carries no token: whoever opens it proves by a code who
 * they are, like everybody. The person's row is locked, so that two clicks make one mail.
 */
export async function inviteToReset(
  { offered, ...acting }: Acting & { offered: readonly Channel[] },
  id: string,
): Promise<Invited> {
  const { db, clock, caller, adminId } = acting;
  if (!offered.includes('email')) return { status: 'out-of-reach' };
  const now = clock.now();
  return db.$transaction(async (tx): Promise<Invited> => {
    const [person] = await tx.$queryRaw<{ id: string }[]>`
      SELECT id FROM "User" WHERE id = ${id}::uuid AND "disabledAt" IS NULL AND "emailVerifiedAt" IS NOT NULL FOR UPDATE`;
    if (!person) return { status: 'out-of-reach' };
    const since = plus(now, -AGAIN_MS);
    const earlier = await tx.delivery.count({ where: { userId: id, kind: 'reset_invited', queuedAt: { gt: since } } });
    if (earlier > 0) return { status: 'sent-already' };
    const tooMany = await tooManyByHand(tx, acting, now);
    if (tooMany) return tooMany;
    const delivery = { kind: 'reset_invited', channel: 'email', userId: id, queuedAt: now } as const;
    const { id: deliveryId } = await tx.delivery.create({ data: delivery, select: { id: true } });
    const who = { actorId: adminId, subjectId: id, source: caller.address };
    await audit(tx, { at: now, type: 'reset_invited', ...who, detail: { by: 'admin' } });
    return { status: 'queued', deliveryId };
  });
}

/**
 * Forgets what was counted against somebody's address and devices: sends, wrong codes in a row, failed sign-ins. Codes are
 * short again and the next sign-in is heard; what one network did goes on counting for that network.
 * @returns how many rows were forgotten; null where nobody has this id
 */
export async function clearCounters(
  { db, clock, caller, adminId, keyring }: Acting & { keyring: Keyring },
  id: string,
): Promise<number | null> {
  const person = await db.user.findUnique({
    where: { id },
    select: { email: true, devices: { select: { id: true } } },
  });
  if (!person) return null;
  const now = clock.now();
  const keys = identifierKeys(
    keyring,
    person.email,
    person.devices.map((device) => device.id),
  );
  const cleared: AuditType = 'counters_cleared';
  // Guesses are counted since the last success: this counts as one. Rows are locked in the order of their keys.
  const [row] = await db.$queryRaw<{ forgotten: number }[]>(Prisma.sql`
    WITH held AS MATERIALIZED (
      SELECT key, points, cardinality(hits) AS hits FROM "Counter" WHERE key = ANY(${keys}) ORDER BY key FOR UPDATE
    ), forgotten AS (
      UPDATE "Counter" c SET points = 0, hits = '{}', until = NULL, since = ${now} FROM held WHERE c.key = held.key
      RETURNING held.points, held.hits
    ), counted AS (
      SELECT count(*)::int AS forgotten, COALESCE(sum(points + hits), 0)::int AS before FROM forgotten
    ), audited AS (
      INSERT INTO "AuditEvent" (at, type, "actorId", "subjectId", source, detail)
      SELECT ${now}, ${cleared}, ${adminId}::uuid, ${id}::uuid, ${caller.address},
        jsonb_build_object('by', 'admin', 'before', before, 'after', 0) FROM counted
    )
    SELECT forgotten FROM counted`);
  return row?.forgotten ?? 0;
}
