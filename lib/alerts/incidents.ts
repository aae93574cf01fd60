import { Prisma } from '@/generated/prisma/client';
import { minutes, plus } from '@/lib/clock';
import type { Database } from '@/lib/db/client';
import type { Condition } from './conditions';

/** An incident that began or ended just now. */
export type Turned = Condition & { id: string; ended: boolean };

/** What was not seen for so long has ended: one that comes and goes is one. */
const QUIET_MS = minutes(10);

/**
 * Writes down what is wrong now, and queues what has to be told, in one statement: a mail to every admin who can be
 * reached and a post, once when an incident begins and once when it has ended (OBS-2). Any number of processes may
 * do it at once: of what goes on there is one row, and whoever makes or ends it tells.
 * @param ways whether mail is offered, and whether there is an address to post to
 */
export async function recordIncidents(
  db: Database,
  conditions: readonly Condition[],
  ways: { email: boolean; webhook: boolean },
  now: Date,
): Promise<Turned[]> {
  const admins = Prisma.sql`"User" WHERE role = 'admin' AND "disabledAt" IS NULL AND "emailVerifiedAt" IS NOT NULL`;
  return db.$queryRaw<Turned[]>`
    WITH wrong AS MATERIALIZED (
      SELECT kind::"IncidentKind" AS kind, about, figures
      FROM jsonb_to_recordset(${JSON.stringify(conditions)}::jsonb) AS c(kind text, about text, figures jsonb)
    ), seen AS (
      INSERT INTO "Incident" (kind, about, figures, "startedAt", "seenAt")
      SELECT kind, about, figures, ${now}, ${now} FROM wrong ORDER BY kind, about
      ON CONFLICT (kind, about) WHERE "endedAt" IS NULL
        DO UPDATE SET figures = EXCLUDED.figures, "seenAt" = GREATEST("Incident"."seenAt", EXCLUDED."seenAt")
      RETURNING id, kind, about, figures, xmax = 0 AS began
    ), quiet AS MATERIALIZED (
      SELECT id FROM "Incident" i
      WHERE "endedAt" IS NULL AND "seenAt" <= ${plus(now, -QUIET_MS)}
        AND NOT EXISTS (SELECT FROM wrong w WHERE w.kind = i.kind AND w.about = i.about)
      FOR UPDATE SKIP LOCKED
    ), ended AS (
      UPDATE "Incident" SET "endedAt" = ${now} WHERE id IN (SELECT id FROM quiet) AND "endedAt" IS NULL
      RETURNING id, kind, about, figures
    ), turned AS (
      SELECT id, kind, about, figures, false AS ended FROM seen WHERE began
      UNION ALL SELECT id, kind, about, figures, true FROM ended
    ), mailed AS (
      INSERT INTO "Delivery" (kind, channel, "userId", "queuedAt", "incidentId")
      SELECT CASE WHEN t.ended THEN 'alert_ended' ELSE 'alert_began' END::"DeliveryKind", 'email', u.id, ${now}, t.id
      FROM turned t CROSS JOIN (SELECT id FROM ${admins}) u WHERE ${ways.email}
    ), posted AS (
      INSERT INTO "AlertPost" ("incidentId", ended, "nextAttemptAt") SELECT id, ended, ${now} FROM turned WHERE ${ways.webhook}
    )
    SELECT id, kind::text, about, figures, ended FROM turned ORDER BY kind, about`;
}

/** What goes on, for the overview; the longest first. */
export type OpenIncident = Condition & { startedAt: Date };

/** @returns what is wrong at the moment */
export const openIncidents = (db: Database): Promise<OpenIncident[]> =>
  db.$queryRaw<OpenIncident[]>`
    SELECT kind::text, about, figures, "startedAt" FROM "Incident" WHERE "endedAt" IS NULL ORDER BY "startedAt"`;
