import type { Database } from '@/lib/db/client';
import type { Transports } from '@/lib/delivery/port';
import { transportsOf } from '@/lib/dispatch/lanes';
import { sentInADay } from '@/lib/dispatch/quota';
import { type SmsAccount, smsAccounts } from '@/lib/sms-budget/switch';

/** How a provider stands at this moment. */
export type ProviderState = {
  name: string;
  /** Nothing is sent by it until then; null where its circuit is closed. */
  openUntil: Date | null;
  lastError: string | null;
  lastErrorAt: Date | null;
  /** Messages of the last 24 hours, where they are limited. */
  quota: { used: number; perDay: number } | null;
};

export type EngineState = {
  providers: ProviderState[];
  outbox: { waiting: number; oldestSeconds: number | null };
  /** Null where no SMS is offered. */
  sms: SmsAccount[] | null;
};

/** What the delivery engine is doing now, decoys left out. */
export async function engineState(db: Database, transports: Transports, now: Date): Promise<EngineState> {
  const [rows, [outbox], sms, quotas] = await Promise.all([
    db.$queryRaw<Omit<ProviderState, 'quota'>[]>`
      SELECT name, CASE WHEN "openUntil" > now() THEN "openUntil" END AS "openUntil", "lastError", "lastErrorAt"
      FROM "Transport"`,
    db.$queryRaw<{ waiting: number; oldestSeconds: number | null }[]>`
      SELECT count(*)::int AS waiting, EXTRACT(EPOCH FROM ${now}::timestamptz - min("queuedAt"))::float8 AS "oldestSeconds"
      FROM "Delivery" WHERE status IN ('queued', 'sending') AND "userId" IS NOT NULL`,
    transports.sms ? smsAccounts(db) : null,
    Promise.all(
      transportsOf(transports).map(async ({ name, pace: { perDay } }) => ({
        name,
        quota: perDay === undefined ? null : { used: await sentInADay(db, name, now), perDay },
      })),
    ),
  ]);
  const silent = { openUntil: null, lastError: null, lastErrorAt: null };
  const providers = quotas.map(({ name, quota }) => ({
    ...(rows.find((row) => row.name === name) ?? silent),
    name,
    quota,
  }));
  return { providers, outbox: outbox ?? { waiting: 0, oldestSeconds: null }, sms };
}
