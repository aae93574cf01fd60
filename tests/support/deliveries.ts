import { randomUUID } from 'node:crypto';
import type { Prisma } from '@/generated/prisma/client';
import { type DeliveryQuery, readDeliveryQuery } from '@/lib/admin/deliveries/filter';
import type { Database } from '@/lib/db/client';

export const noon = new Date('2026-11-23T12:00:00Z');

/** Past deliveries as an outbox leaves them, one a second back from noon unless told otherwise. @returns their ids */
export async function pastDeliveries(
  db: Database,
  userId: string | null,
  rows: readonly Partial<Prisma.DeliveryCreateManyInput>[],
): Promise<string[]> {
  const data = rows.map((row, index) => ({
    id: randomUUID(),
    kind: 'code' as const,
    channel: 'email' as const,
    status: 'sent' as const,
    userId,
    queuedAt: new Date(noon.getTime() - index * 1_000),
    ...row,
  }));
  await db.delivery.createMany({ data });
  return data.map(({ id }) => id);
}

/** A query string as a page reads it. */
export const asked = (search: string): DeliveryQuery =>
  readDeliveryQuery(Object.fromEntries(new URLSearchParams(search)));

/** A delivery with its tries, the first one first. */
export const deliveryOf = (db: Database, id: string) =>
  db.delivery.findUniqueOrThrow({ where: { id }, include: { tries: { orderBy: { number: 'asc' } } } });
