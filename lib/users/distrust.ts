import { Prisma } from '@/generated/prisma/client';

/**
 * SQL: whether a disputed reset went over a channel less than a day ago, so that it carries no code and no link that
 * could undo the owner's own reset (POST-3). It reads a row of "User" that the statement calls `u`.
 * @param channel SQL of type "Channel" @param now on the app's clock
 */
export const distrusted = (channel: Prisma.Sql, now: Date): Prisma.Sql =>
  Prisma.sql`COALESCE(u."distrustUntil" > ${now} AND ${channel} = ANY(u.distrusted), false)`;
