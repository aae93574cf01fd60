import { type DeliveryKind, Prisma } from '@/generated/prisma/client';
import { type Cursor, pageOf, type Walk, walkOf } from '@/lib/admin/list/query';
import type { Database } from '@/lib/db/client';
import { maskRecipient } from '@/lib/delivery/mask';
import {
  type DeliveryFilter,
  type DeliveryQuery,
  deliveryChannels,
  deliveryStatuses,
  type failureClasses,
} from './filter';

/** A delivery as an admin sees it in a list: never its code, never its whole recipient (ADM-3). */
export type ListedDelivery = {
  id: string;
  kind: DeliveryKind;
  channel: (typeof deliveryChannels)[number];
  status: (typeof deliveryStatuses)[number];
  queuedAt: Date;
  sentAt: Date | null;
  deliveredAt: Date | null;
  endedAt: Date | null;
  to: string;
  userId: string;
  challengeId: string | null;
  transport: string | null;
  attempts: number;
  errorClass: (typeof failureClasses)[number] | null;
  errorCode: string | null;
  country: string | null;
  /** What its last try got back from the provider. */
  answer: string | null;
  /** The channel that carried its code afterwards. */
  failedOverTo: (typeof deliveryChannels)[number] | null;
};

export type DeliveryPage = {
  rows: ListedDelivery[];
  /** Where the list goes on, either way; null at its end. */
  older: Cursor | null;
  newer: Cursor | null;
};

/**
 * One page, newest first. Keyset, without OFFSET and without counting: each status and channel is an own range of
 * "Delivery_listed_idx" (or of the one by error class, or by recipient), so that a page reads as many rows as it shows
 * times the ranges, also where what it looks for is rare among ten million.
 */
export async function listDeliveries(
  db: Database,
  { filter, place, size }: Pick<DeliveryQuery, 'filter' | 'place' | 'size'>,
): Promise<DeliveryPage> {
  const found = await walkDeliveries(db, filter, walkOf({ place, size }));
  return pageOf(found, { place, size }, (row) => ({ at: row.queuedAt, id: row.id }));
}

/** Rows from a place on, in the order of the walk. */
export async function walkDeliveries(db: Database, filter: DeliveryFilter, walk: Walk): Promise<ListedDelivery[]> {
  const order = walk.to === 'older' ? Prisma.sql`DESC` : Prisma.sql`ASC`;
  const rows = await db.$queryRaw<
    (Omit<ListedDelivery, 'to'> & { recipientMasked: string | null; now: string | null })[]
  >`
    WITH page AS MATERIALIZED (
      SELECT id, "queuedAt" FROM (${ranges(filter, walk, order)}) ranges
      ORDER BY "queuedAt" ${order}, id ${order} LIMIT ${walk.most}
    )
    SELECT d.id, d.kind::text, d.channel::text, d.status::text, d."queuedAt", d."sentAt", d."deliveredAt", d."endedAt",
      d."userId", d."challengeId", d.transport, d.attempts, d."errorClass"::text, d."errorCode", d.country,
      d."recipientMasked", CASE d.channel WHEN 'email' THEN u.email ELSE u.phone END AS now, a.answer,
      f.channel::text AS "failedOverTo"
    FROM page JOIN "Delivery" d ON d.id = page.id LEFT JOIN "User" u ON u.id = d."userId"
    LEFT JOIN "DeliveryAttempt" a ON a."deliveryId" = d.id AND a.number = d.attempts
    LEFT JOIN "Delivery" f ON f."failoverOf" = d.id
    ORDER BY page."queuedAt" ${order}, page.id ${order}`;
  return rows.map(({ recipientMasked, now, ...row }) => ({
    ...row,
    to: recipientMasked ?? (now ? maskRecipient(row.channel, now) : '–'),
  }));
}

/** SQL of the ranges that hold the rows. Decoys are no deliveries: their rows have no person (ENU-2). */
function ranges(filter: DeliveryFilter, { to, than, most }: Walk, order: Prisma.Sql): Prisma.Sql {
  const { who, person, status, channel, errorClass, from } = filter;
  const compare = to === 'older' ? Prisma.sql`<` : Prisma.sql`>`;
  const rest = Prisma.join(
    [
      Prisma.sql`"userId" IS NOT NULL`,
      ...(errorClass ? [Prisma.sql`"errorClass" = ${errorClass}::"FailureClass"`] : []),
      ...(from ? [Prisma.sql`"queuedAt" >= ${from}`] : []),
      ...(filter.to ? [Prisma.sql`"queuedAt" < ${filter.to}`] : []),
      ...(than ? [Prisma.sql`("queuedAt", id) ${compare} (${than.at}, ${than.id}::uuid)`] : []),
    ],
    ' AND ',
  );
  const range = (where: Prisma.Sql) => Prisma.sql`
    (SELECT id, "queuedAt" FROM "Delivery" WHERE ${where} AND ${rest}
    ORDER BY "queuedAt" ${order}, id ${order} LIMIT ${most})`;
  const statuses = status ? [status] : deliveryStatuses;
  const channels = channel ? [channel] : deliveryChannels;
  const some = Prisma.sql`status = ANY(${statuses}::"DeliveryStatus"[]) AND channel = ANY(${channels}::"Channel"[])`;
  if (who) {
    const theirs = range(Prisma.sql`"recipientHash" = ${who.hash} AND ${some}`);
    if (!person) return theirs;
    const unsent = Prisma.sql`"userId" = ${person}::uuid AND "recipientHash" IS NULL AND channel = ${who.channel}::"Channel"`;
    return Prisma.sql`${theirs} UNION ALL ${range(Prisma.sql`${unsent} AND ${some}`)}`;
  }
  return Prisma.sql`
    SELECT one.id, one."queuedAt" FROM unnest(${statuses}::"DeliveryStatus"[]) s(s), unnest(${channels}::"Channel"[]) c(c),
      LATERAL ${range(Prisma.sql`status = s.s AND channel = c.c`)} one`;
}
