import { hours, minutes, plus, seconds } from '@/lib/clock';
import type { Database } from '@/lib/db/client';
import { log } from '@/lib/log';
import type { Condition } from './conditions';
import { alertWords } from './words';

/** Where alerts are posted, and what they call this service. */
export type Webhook = { url: URL; appName: string; origin: URL };

/** One answer is waited for so long. */
const PATIENCE_MS = seconds(5);
/** Between two tries: a minute, then twice as long each time, an hour at most. */
const FIRST_WAIT_MS = minutes(1);
/** After so long an alert is no news. */
const WORTH_MS = hours(24);
const AT_ONCE = 10;

type Due = Condition & { id: string; ended: boolean; at: Date };

/** What is posted. `text` is what Slack and Mattermost show, `content` is Discord's; `id` is the same for a repetition. */
function alertBody({ id, ended, at, kind, about, figures }: Due, { appName, origin }: Omit<Webhook, 'url'>) {
  const { title, sentence, advice } = alertWords({ kind, about, figures });
  const admin = new URL('/admin', origin).href;
  const text = ended ? `${appName}: over: ${title}` : `${appName}: ${title}. ${sentence} ${advice} ${admin}`;
  const state = ended ? 'ended' : 'began';
  const at_ = at.toISOString();
  return {
    id: `${id}-${state}`,
    state,
    kind,
    about,
    at: at_,
    title,
    sentence,
    advice,
    figures,
    url: admin,
    text,
    content: text,
  };
}

/**
 * Posts one alert. Nothing is followed: an address that moved is the operator's to change.
 * @returns how it was answered, in a word that may be shown: the address is a secret
 */
export async function postAlert(url: URL, body: object): Promise<{ ok: boolean; answer: string }> {
  try {
    const answer = await fetch(url, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify(body),
      redirect: 'manual',
      signal: AbortSignal.timeout(PATIENCE_MS),
    });
    await answer.body?.cancel();
    return { ok: answer.ok, answer: `HTTP ${answer.status}` };
  } catch (error) {
    return {
      ok: false,
      answer: error instanceof Error && error.name === 'TimeoutError' ? 'no answer' : 'out of reach',
    };
  }
}

/**
 * Posts what waits, the end of an incident after its beginning. A post belongs to whoever took it for its time-out and
 * more; one that died in between is repeated, with the same `id`.
 */
export async function postAlerts(db: Database, webhook: Webhook, now: Date): Promise<void> {
  const due = await db.$queryRaw<Due[]>`
    UPDATE "AlertPost" p SET attempts = p.attempts + 1,
      "nextAttemptAt" = ${now}::timestamptz
        + LEAST(${hours(1)}::float8, ${FIRST_WAIT_MS}::float8 * 2 ^ LEAST(p.attempts, 10)) * interval '1 millisecond'
    FROM (
      SELECT w."incidentId", w.ended, i.kind, i.about, i.figures, COALESCE(CASE WHEN w.ended THEN i."endedAt" END, i."startedAt") AS at
      FROM "AlertPost" w JOIN "Incident" i ON i.id = w."incidentId"
      WHERE w."postedAt" IS NULL AND w."nextAttemptAt" <= ${now}
        AND COALESCE(CASE WHEN w.ended THEN i."endedAt" END, i."startedAt") > ${plus(now, -WORTH_MS)}
        AND NOT (w.ended AND EXISTS (SELECT FROM "AlertPost" b WHERE b."incidentId" = w."incidentId" AND NOT b.ended
          AND b."postedAt" IS NULL AND i."startedAt" > ${plus(now, -WORTH_MS)}))
      ORDER BY w."nextAttemptAt" LIMIT ${AT_ONCE} FOR UPDATE OF w SKIP LOCKED
    ) d WHERE p."incidentId" = d."incidentId" AND p.ended = d.ended
    RETURNING p."incidentId" AS id, p.ended, d.kind::text, d.about, d.figures, d.at`;
  await Promise.all(
    due.map(async (one) => {
      const { ok, answer } = await postAlert(webhook.url, alertBody(one, webhook));
      if (!ok) log.warn({ kind: one.kind, answer }, 'an alert could not be posted; it is tried again');
      const key = { incidentId: one.id, ended: one.ended };
      await db.alertPost.updateMany({ where: key, data: { answer, ...(ok ? { postedAt: now } : {}) } });
    }),
  );
}
