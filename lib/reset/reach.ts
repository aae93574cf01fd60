import { Prisma } from '@/generated/prisma/client';
import type { Channel } from '@/lib/otp/challenge';
import { distrusted } from '@/lib/users/distrust';

/**
 * SQL: how a request locks a person's row. It waits for nobody: a wait that only an account can cause would tell that
 * there is one, and a frozen transaction would keep its owner out (TIM-2). A row that another holds is left out, and what
 * was asked for is held for that person until the row is free (lib/dispatch/held.ts).
 */
export const lockFree: Prisma.Sql = Prisma.sql`FOR KEY SHARE OF u SKIP LOCKED`;

/** SQL: always true, and known only once the statement's part `person` is locked, which comes before all other locks. */
export const personLocked: Prisma.Sql = Prisma.sql`(SELECT count(*) FROM person) >= 0`;

/**
 * SQL for the channel by which a person can be reached: the wanted one, else the other, else null.
 * Only verified addresses and numbers, only channels that are configured (RL-4) and trusted.
 * It reads a row of "User" that the statement calls `u`.
 */
export function reachOf(wanted: Channel, offered: readonly Channel[], now: Date): Prisma.Sql {
  const order: Channel[] = wanted === 'email' ? ['email', 'sms'] : ['sms', 'email'];
  const verified = { email: Prisma.sql`u."emailVerifiedAt"`, sms: Prisma.sql`u."phoneVerifiedAt"` };
  const trusted = (channel: Channel) => Prisma.sql`NOT ${distrusted(Prisma.sql`${channel}::"Channel"`, now)}`;
  const cases = order
    .filter((channel) => offered.includes(channel))
    .map((channel) => Prisma.sql`WHEN ${verified[channel]} IS NOT NULL AND ${trusted(channel)} THEN ${channel}`);
  return cases.length > 0 ? Prisma.sql`CASE ${Prisma.join(cases, ' ')} END` : Prisma.sql`NULL::text`;
}
