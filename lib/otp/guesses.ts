import { Prisma } from '@/generated/prisma/client';
import { days, hours, plus } from '@/lib/clock';
import type { Keyring } from '@/lib/keys/keyring';
import { foldedEmail } from '@/lib/limits/folded';
import {
  CROWD_FACTOR,
  CROWD_GUESSES,
  CROWD_STOP_FACTOR,
  DIGITS,
  GUESS_WINDOW_MS,
  GUESSES_AT_USUAL,
  GUESSES_IN_A_ROW,
  REPEAT_MS,
} from './policy';

/** How long a bucket of wrong guesses is remembered after the last one; with nothing in it, for a day. */
const KEPT_MS = days(90);
/** The crowd's mark is measured by the last seven days. */
const DAYS_MEASURED = 7;

/** The bucket of a typed address, owned or not (VER-3). @param email as `normaliseEmail` gives it */
export const addressBucket = (keyring: Keyring, email: string): string =>
  `guess:${keyring.pepperedHash('identifier', foldedEmail(email))}`;

const deviceMark = 'guess-device:';
/** A known device's own bucket: strangers cannot fill it (VER-4). @param deviceId of a `Device` row */
export const deviceBucket = (deviceId: string): string => `${deviceMark}${deviceId}`;

/** The bucket of an admin's second step: behind a password, it counts as a known device's (ADM-5). */
export const secondStepBucket = (userId: string): string => `${deviceMark}second-step:${userId}`;

/** SQL: whether a challenge, or whatever has this `guessKey`, is a known device's. */
export const isDevices = (guessKey: Prisma.Sql): Prisma.Sql => Prisma.sql`${guessKey} LIKE ${`${deviceMark}%`}`;

const hourKey = (at: Date): string => `guesses:${at.toISOString().slice(0, 13)}`;
const markKey = 'guesses-mark';

/** The rows that hold the crowd's wrong guesses: this hour's, and the 24 before it. */
export const crowdKeys = (now: Date): { hour: string; earlier: string[] } => ({
  hour: hourKey(now),
  earlier: Array.from({ length: 24 }, (_, back) => hourKey(plus(now, -hours(back + 1)))),
});

/** SQL for the crowd's wrong guesses before this hour. */
export const crowdEarlier = (now: Date): Prisma.Sql =>
  Prisma.sql`(SELECT COALESCE(sum(points), 0)::int FROM "Counter" WHERE key = ANY(${crowdKeys(now).earlier}))`;

/** SQL for the crowd's wrong guesses in this hour. */
export const crowdThisHour = (now: Date): Prisma.Sql =>
  Prisma.sql`COALESCE((SELECT points FROM "Counter" WHERE key = ${crowdKeys(now).hour}), 0)`;

/** SQL for the number of wrong guesses from which on strangers' codes are longer. */
export const crowdMark: Prisma.Sql = Prisma.sql`COALESCE((SELECT points FROM "Counter" WHERE key = ${markKey}), ${CROWD_GUESSES}::int)`;

/** SQL: whether a challenge's code is too short to be compared while so many guess (CROWD_STOP_FACTOR). */
export const tooShort = (now: Date): Prisma.Sql => Prisma.sql`(digits < ${DIGITS.crowd}
  AND NOT (${isDevices(Prisma.sql`"guessKey"`)})
  AND ${crowdEarlier(now)} + ${crowdThisHour(now)} >= ${crowdMark} * ${CROWD_STOP_FACTOR}::float8)`;

/** Wrong guesses in a row from which on an admin sees the address among those that are guessed at. */
export const GUESSES_SHOWN = GUESSES_AT_USUAL;

/** When the row of a bucket that was guessed at a moment ago may go. */
export const bucketKept = (now: Date): Date => plus(now, KEPT_MS);

/** When rows may go. */
export const keptUntil = (now: Date): { bucket: Date; untouched: Date; hour: Date } => ({
  bucket: bucketKept(now),
  untouched: plus(now, GUESS_WINDOW_MS),
  hour: plus(now, days(DAYS_MEASURED + 2)),
});

/**
 * SQL parts `bucket` and `length`, which choose the `digits` of a new code in the statement that issues it (VER-3).
 * The bucket's row is locked first: of any number of requests at once each knows what the ones before it allowed, so
 * that no bucket ever has more guesses open at a length than that length bears.
 * @param input.ready what must have happened before the lock is taken: the person's row comes first everywhere
 * @param input.reserve the tries that the new code brings
 * @param input.beside a challenge that the new one replaces, whose guesses are in `reserve`; '' for none
 */
export function codeLength(input: {
  key: string;
  ready: Prisma.Sql;
  beside: string;
  reserve: Prisma.Sql;
  now: Date;
}): Prisma.Sql {
  const { key, ready, beside, reserve, now } = input;
  const stranger = !key.startsWith(deviceMark);
  const { untouched } = keptUntil(now);
  return Prisma.sql`bucket AS (
    INSERT INTO "Counter" (key, "expiresAt") SELECT ${key}, ${untouched} WHERE ${ready}
    ON CONFLICT (key) DO UPDATE SET "expiresAt" = GREATEST("Counter"."expiresAt", EXCLUDED."expiresAt")
    RETURNING key, points, COALESCE(since, '-infinity') AS since
  ), length AS (
    SELECT CASE
      WHEN b.points + g.open + ${reserve} > ${GUESSES_IN_A_ROW} THEN ${DIGITS.beyondGuessing}::int
      WHEN ${stranger} AND ${crowdEarlier(now)} + ${crowdThisHour(now)} >= ${crowdMark} THEN ${DIGITS.crowd}::int
      WHEN g.spent + g.open + ${reserve} > ${GUESSES_AT_USUAL} THEN ${DIGITS.guessedAt}::int
      ELSE ${DIGITS.usual}::int END AS digits
    FROM bucket b CROSS JOIN LATERAL
      "guessesOf"(b.key, b.since, ${plus(now, -GUESS_WINDOW_MS)}::timestamptz, ${now}::timestamptz,
        ${plus(now, -REPEAT_MS)}::timestamptz, ${beside}) g
  )`;
}

/**
 * SQL that sets the crowd's mark: five times the median of the last days where that is more than 500. The sweep runs it;
 * without one the mark is 500.
 */
export function setCrowdMark(now: Date): Prisma.Sql {
  const today = now.toISOString().slice(0, 10);
  const first = plus(now, -days(DAYS_MEASURED)).toISOString().slice(0, 10);
  return Prisma.sql`
    INSERT INTO "Counter" (key, points, "expiresAt")
    SELECT ${markKey}, GREATEST(${CROWD_GUESSES}::int, ${CROWD_FACTOR} * COALESCE((
      SELECT percentile_disc(0.5) WITHIN GROUP (ORDER BY total) FROM (
        SELECT COALESCE((SELECT sum(points) FROM "Counter"
          WHERE key >= 'guesses:' || day::date AND key < 'guesses:' || (day::date + 1)), 0)::int AS total
        FROM generate_series(${first}::date, ${today}::date - 1, interval '1 day') AS day) days), 0)::int),
      ${plus(now, days(1))}
    ON CONFLICT (key) DO UPDATE SET points = EXCLUDED.points, "expiresAt" = EXCLUDED."expiresAt"`;
}
