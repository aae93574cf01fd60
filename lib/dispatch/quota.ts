import { hours, plus } from '@/lib/clock';
import type { Database } from '@/lib/db/client';
import type { Transport } from '@/lib/delivery/port';
import { log } from '@/lib/log';

/** The share of a day's messages at which the operator is told (DEL-2). */
const TELL_AT = 0.8;
/** Messages of the last 24 hours beside how many a transport's provider takes. */
export type QuotaUse = { name: string; used: number; perDay: number };

const told = new Map<string, 'near' | 'spent'>();

/** Messages that a transport handed over in the last 24 hours. */
export async function sentInADay(db: Database, name: string, now: Date): Promise<number> {
  const [row] = await db.$queryRaw<{ count: number }[]>`
    SELECT count(*)::int AS count FROM "DeliveryAttempt"
    WHERE transport = ${name} AND "startedAt" > ${plus(now, -hours(24))} AND accepted`;
  return row?.count ?? 0;
}

/**
 * Counts the day of each transport that has a limit. Near it the operator is told, once; where it is spent the circuit
 * opens, so that a second server or the other channel takes over before the provider locks the account.
 */
export async function watchQuotas(db: Database, transports: readonly Transport[], now: Date): Promise<QuotaUse[]> {
  const uses: QuotaUse[] = [];
  for (const { name, pace } of transports) {
    if (pace.perDay === undefined) continue;
    const used = await sentInADay(db, name, now);
    const state = used >= pace.perDay ? 'spent' : used >= pace.perDay * TELL_AT ? 'near' : null;
    if (state === 'spent')
      await db.$executeRaw`
        UPDATE "Transport" SET "openUntil" = now() + interval '5 minutes', "lastError" = 'quota', "lastErrorAt" = now()
        WHERE name = ${name}`;
    if (state && told.get(name) !== state)
      log.error({ alert: 'email-quota', transport: name, used, perDay: pace.perDay }, `the day's quota is ${state}`);
    if (state) told.set(name, state);
    else told.delete(name);
    uses.push({ name, used, perDay: pace.perDay });
  }
  return uses;
}
