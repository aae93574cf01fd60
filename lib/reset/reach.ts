import { Prisma } from '@/generated/prisma/client';
import type { Channel } from '@/lib/otp/challenge';
import { distrusted } from '@/lib/users/distrust';

/** SQL: always true, and known only once the statement's part `person` is locked, which comes before all other locks. */
export const personLocked: Prisma.Sql = Prisma.sql`(SELECT count(*) FROM person) >= 0`;

/**
 * SQL for the channel by which a person can be reached: the wanted one, else the other, else null.
 * Only verified addresses and numbers, only channels that are configured (RL-4, DESIGN.md) and trusted.
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
