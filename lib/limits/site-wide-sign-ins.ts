import { Prisma } from '@/generated/prisma/client';
import { hours, plus } from '@/lib/clock';

/** The row of all strangers' failed sign-ins in this hour of the clock. */
export const signInsKey = (at: Date): string => `sign-ins:${at.toISOString().slice(0, 13)}`;

/** When that row may go: it counts for the next hour too. */
export const signInsKept = (at: Date): Date => plus(at, hours(2));

/** SQL for the failed sign-ins of this hour or of the one before, whichever had more: no flood is forgotten on the hour. */
export const failedSignIns = (now: Date): Prisma.Sql => Prisma.sql`COALESCE((SELECT max(points) FROM "Counter"
  WHERE key = ANY(${[signInsKey(now), signInsKey(plus(now, -hours(1)))]})), 0)`;
