import { hours, minutes, plus } from '@/lib/clock';
import type { Database } from '@/lib/db/client';
import { maskRecipient } from '@/lib/delivery/mask';
import type { ListedDelivery } from './list';

/** One try at a provider. Without an end it is in hand, or its process died. */
export type Try = {
  number: number;
  transport: string;
  startedAt: Date;
  endedAt: Date | null;
  accepted: boolean | null;
  errorClass: ListedDelivery['errorClass'];
  errorCode: string | null;
  answer: string | null;
};

/** Another delivery of the same message. */
export type Linked = { id: string; channel: ListedDelivery['channel']; status: ListedDelivery['status'] };

/** All that an admin may know of one delivery: neither its code nor its whole recipient (ADM-3). */
export type SeenDelivery = Omit<ListedDelivery, 'answer' | 'failedOverTo'> & {
  nextAttemptAt: Date;
  providerMessageId: string | null;
  tries: Try[];
  failoverOf: Linked | null;
  failedOver: Linked | null;
  retryOf: Linked | null;
  retriedBy: Linked | null;
};

/** Whether it could be a row's id; PostgreSQL throws at anything else. */
export const isId = (id: string): boolean => /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(id);

const link = { id: true, channel: true, status: true } as const;

/** @param id anything @returns null where there is no such delivery; decoys are none (ENU-2) */
export async function readDelivery(db: Database, id: string): Promise<SeenDelivery | null> {
  if (!isId(id)) return null;
  const row = await db.delivery.findFirst({
    where: { id, userId: { not: null } },
    include: { tries: { orderBy: { number: 'asc' } }, user: { select: { email: true, phone: true } } },
  });
  if (!row?.userId) return null;
  const { user, recipientMasked, recipientHash, claims, cost, ...seen } = row;
  const linked = await db.delivery.findMany({
    where: {
      OR: [
        { failoverOf: row.id },
        { retryOf: row.id },
        { id: { in: [row.failoverOf, row.retryOf].filter((one) => one !== null) } },
      ],
    },
    select: { ...link, failoverOf: true, retryOf: true },
  });
  const find = (is: (one: (typeof linked)[number]) => boolean): Linked | null => {
    const one = linked.find(is);
    return one ? { id: one.id, channel: one.channel, status: one.status } : null;
  };
  const now = seen.channel === 'email' ? user?.email : user?.phone;
  return {
    ...seen,
    userId: row.userId,
    to: recipientMasked ?? (now ? maskRecipient(seen.channel, now) : '–'),
    failoverOf: find((one) => one.id === row.failoverOf),
    failedOver: find((one) => one.failoverOf === row.id),
    retryOf: find((one) => one.id === row.retryOf),
    retriedBy: find((one) => one.retryOf === row.id),
  };
}

export type SeenEvent = { id: string; at: Date; type: string; actorId: string | null };

/** Events of one code come within its life, and its grant's. */
const BEFORE_MS = minutes(30);
const AFTER_MS = hours(25);
const MOST_EVENTS = 100;

/**
 * The audit events of a delivery's request, oldest first, by its correlation id; where its challenge was purged, by what
 * names the delivery itself. They are looked for among those of the person, which an index holds by time.
 */
export const eventsOf = (
  db: Database,
  { id, userId, challengeId, queuedAt }: Pick<SeenDelivery, 'id' | 'userId' | 'challengeId' | 'queuedAt'>,
): Promise<SeenEvent[]> =>
  db.$queryRaw<SeenEvent[]>`
    SELECT id, at, type, "actorId" FROM "AuditEvent"
    WHERE "subjectId" IN (${userId}::uuid, (SELECT "userId" FROM "Challenge" WHERE id = ${challengeId}))
      AND at BETWEEN ${plus(queuedAt, -BEFORE_MS)} AND ${plus(queuedAt, AFTER_MS)}
      AND ("correlationId" = ${challengeId} OR detail->>'delivery' = ${id})
    ORDER BY at, id LIMIT ${MOST_EVENTS}`;
