import { Prisma } from '@/generated/prisma/client';
import { type Cursor, pageOf, type Walk, walkOf } from '@/lib/admin/list/query';
import type { Database } from '@/lib/db/client';
import { type AuditFilter, type AuditQuery, typesOf } from './filter';

/** An event as an admin sees it. */
export type ListedEvent = {
  id: string;
  at: Date;
  type: string;
  actorId: string | null;
  actor: string | null;
  subjectId: string | null;
  subject: string | null;
  /** The keyed hash of a network: the same one looks the same, and that is all that it says. */
  source: string | null;
  correlationId: string | null;
  detail: Record<string, string | number | boolean>;
  /** The batch that it is sealed in. */
  batch: number | null;
};

export type AuditPage = { rows: ListedEvent[]; older: Cursor | null; newer: Cursor | null };

/** One page, newest first, by keyset: no filter reads more than one range of an index for each of its types. */
export async function listAudit(db: Database, { filter, place, size }: AuditQuery): Promise<AuditPage> {
  const found = await walkAudit(db, filter, walkOf({ place, size }));
  return pageOf(found, { place, size }, ({ at, id }) => ({ at, id }));
}

/** Events from a place on, in the order of the walk. */
export function walkAudit(db: Database, filter: AuditFilter, { to, than, most }: Walk): Promise<ListedEvent[]> {
  const order = to === 'older' ? Prisma.sql`DESC` : Prisma.sql`ASC`;
  const compare = to === 'older' ? Prisma.sql`<` : Prisma.sql`>`;
  const { subject, actor, trail, from } = filter;
  const types = typesOf(filter);
  const whose = [
    ...(subject ? [Prisma.sql`"subjectId" = ${subject}::uuid`] : []),
    ...(actor ? [Prisma.sql`"actorId" = ${actor}::uuid`] : []),
    ...(trail ? [Prisma.sql`"correlationId" = ${trail}`] : []),
  ];
  const range = (own: readonly Prisma.Sql[]): Prisma.Sql => {
    const where = [
      ...own,
      ...whose,
      ...(from ? [Prisma.sql`at >= ${from}`] : []),
      ...(filter.to ? [Prisma.sql`at < ${filter.to}`] : []),
      ...(than ? [Prisma.sql`(at, id) ${compare} (${than.at}, ${than.id}::uuid)`] : []),
    ];
    const all = where.length > 0 ? Prisma.join(where, ' AND ') : Prisma.sql`true`;
    return Prisma.sql`(SELECT * FROM "AuditEvent" WHERE ${all} ORDER BY at ${order}, id ${order} LIMIT ${most})`;
  };
  // Whoever is named is the narrower range; else each type is one of its own, with its own value in the statement: only
  // so does PostgreSQL know which types are rare, and not read ten million rows for fifty of them.
  const found =
    types === null || whose.length > 0
      ? range(types ? [Prisma.sql`type = ANY(${[...types]})`] : [])
      : Prisma.join(
          types.map((type) => range([Prisma.sql`type = ${type}`])),
          ' UNION ALL ',
        );
  return db.$queryRaw<ListedEvent[]>`
    SELECT e.id, e.at, e.type, e."actorId", a.email AS actor, e."subjectId", s.email AS subject, e.source,
      e."correlationId", e.detail, e.batch
    FROM (SELECT * FROM (${found}) found ORDER BY at ${order}, id ${order} LIMIT ${most}) e
    LEFT JOIN "User" a ON a.id = e."actorId" LEFT JOIN "User" s ON s.id = e."subjectId"
    ORDER BY e.at ${order}, e.id ${order}`;
}

/** How far the log is sealed. `waiting` counts up to a thousand. */
export type Sealed = { batch: number; sealedAt: Date; waiting: number } | { batch: null; waiting: number };

/** Events that are counted at most: more is "many". */
export const MOST_WAITING = 1_000;

/** @returns the newest batch, and how many events are newer than the seals */
export async function sealedSoFar(db: Database): Promise<Sealed> {
  const [row] = await db.$queryRaw<{ batch: number | null; sealedAt: Date | null; waiting: number }[]>`
    SELECT b.number AS batch, b."sealedAt", (SELECT count(*)::int FROM (
      SELECT FROM "AuditEvent" WHERE batch IS NULL LIMIT ${MOST_WAITING}) w) AS waiting
    FROM (VALUES (1)) one
    LEFT JOIN LATERAL (SELECT number, "sealedAt" FROM "AuditBatch" ORDER BY number DESC LIMIT 1) b ON true`;
  const waiting = row?.waiting ?? 0;
  return row?.batch && row.sealedAt ? { batch: row.batch, sealedAt: row.sealedAt, waiting } : { batch: null, waiting };
}
