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
export async function engineState(db: Database, transports: Transports): Promise<EngineState> {
  const [rows, [outbox], sms, quotas] = await Promise.all([
    db.transport.findMany(),
    db.$queryRaw<{ waiting: number; oldestSeconds: number | null }[]>`
      SELECT count(*)::int AS waiting, EXTRACT(EPOCH FROM now() - min("queuedAt"))::float8 AS "oldestSeconds"
      FROM "Delivery" WHERE status IN ('queued', 'sending') AND "userId" IS NOT NULL`,
    transports.sms ? smsAccounts(db) : null,
    Promise.all(
      transportsOf(transports).map(async ({ name, pace: { perDay } }) => ({
        name,
        quota: perDay === undefined ? null : { used: await sentInADay(db, name), perDay },
      })),
    ),
  ]);
  const now = new Date();
  const providers = quotas.map(({ name, quota }) => {
    const row = rows.find((one) => one.name === name);
    const openUntil = row?.openUntil && row.openUntil > now ? row.openUntil : null;
    return { name, openUntil, lastError: row?.lastError ?? null, lastErrorAt: row?.lastErrorAt ?? null, quota };
  });
  return { providers, outbox: outbox ?? { waiting: 0, oldestSeconds: null }, sms };
}
