import { Prisma } from '@/generated/prisma/client';
import { type PolicyName, policies } from './policies';

const most = (policy: PolicyName): Prisma.Sql => Prisma.sql`COALESCE(
  (SELECT o.most FROM "LimitOverride" o WHERE o.policy = ${policy}), ${policies[policy].most}::int)`;

/**
 * SQL that counts a code which is about to leave, by the channel that carries it, and says whether there is room: so
 * that a fallback to the other channel never brings more than an identifier's number there (RL-2). What was asked for by
 * this very channel is counted before, and never more. Nothing of it is seen from outside: ENU-8 is about what is.
 * @param channel SQL @param identifier SQL: `Challenge.identifierHash` @param at SQL: now
 */
export const carries = (channel: Prisma.Sql, identifier: Prisma.Sql, at: Prisma.Sql): Prisma.Sql =>
  Prisma.sql`"carries"(${channel}::text || ':' || ${identifier}::text, ${at}, ${most('send-identifier-hour')}, ${most('send-identifier-day')})`;

/** The rows that it counts in. @param identifier `Challenge.identifierHash` */
export const carriedKeys = (identifier: string): string[] =>
  ['email', 'sms'].flatMap((channel) => ['hour', 'day'].map((span) => `carried-${span}:${channel}:${identifier}`));
