import type { Clock } from '@/lib/clock';
import type { Database } from '@/lib/db/client';
import type { Transports } from '@/lib/delivery/port';
import { log } from '@/lib/log';
import { conditionsNow, type Watched } from './conditions';
import { recordIncidents } from './incidents';
import { postAlerts, type Webhook } from './webhook';

export type AlertDeps = {
  db: Database;
  clock: Clock;
  transports: Transports;
  /** Null where ALERT_WEBHOOK_URL is not set. */
  webhook: Webhook | null;
};

/**
 * Looks once at what an operator must know of, and tells it (OBS-2): to admins by mail, to the webhook, to the log. The
 * sweep runs it each minute. Mails are queued like any other; whoever sends will find them.
 */
export async function watchAlerts({ db, clock, transports, webhook }: AlertDeps, watched: Watched): Promise<void> {
  const now = clock.now();
  const conditions = await conditionsNow(db, watched, now);
  const ways = { email: Boolean(transports.email), webhook: webhook !== null };
  for (const { kind, about, figures, ended } of await recordIncidents(db, conditions, ways, now)) {
    if (ended) log.info({ alert: kind, about, ended }, 'an incident is over');
    else log.error({ alert: kind, about, ...figures }, 'an incident has begun');
  }
  if (webhook) await postAlerts(db, webhook, now);
}
