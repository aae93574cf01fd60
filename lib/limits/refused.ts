import { Prisma } from '@/generated/prisma/client';
import type { AuditType } from '@/lib/audit/audit';
import type { Caller } from '@/lib/caller';

/** What a statement says of a part by `countHits` in which a network may be refused, in columns of `refusedColumns`. */
export type RefusedRow = { refusedUntil: Date | null; refusedKeys: string[] | null };

/** SQL for the columns of `RefusedRow`. @param part the name of the part, such as `address` */
export const refusedColumns = (part: string): Prisma.Sql => {
  const name = Prisma.raw(part);
  return Prisma.sql`(SELECT max(until) FROM ${name}) AS "refusedUntil",
    (SELECT array_agg(key) FROM ${name} WHERE NOT passed) AS "refusedKeys"`;
};

/** SQL that writes a refusal down, one a period for each row that refuses (AUD-1). @param part the name of the part */
export const writeRefusal = (
  part: string,
  type: AuditType,
  { address }: Caller,
  now: Date,
  correlationId: string | null = null,
): Prisma.Sql => Prisma.sql`
  INSERT INTO "AuditEvent" (at, type, source, "correlationId")
  SELECT ${now}, ${type}, ${address}, ${correlationId} WHERE EXISTS (SELECT FROM ${Prisma.raw(part)} WHERE told)`;
