-- What the last one that asked could use of a limit, and how many were refused since the refusal that was written down.
ALTER TABLE "Counter" ADD COLUMN     "cap" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "refusals" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "refusedAt" TIMESTAMPTZ(3);

-- CreateTable
CREATE TABLE "DecoyHour" (
    "hour" TIMESTAMPTZ(3) NOT NULL,
    "channel" "Channel" NOT NULL,
    "count" INTEGER NOT NULL,

    CONSTRAINT "DecoyHour_pkey" PRIMARY KEY ("hour","channel")
);

-- Counts a code that is about to go to one address by one channel, whatever channel was asked for, in an hour and in a
-- day, and says whether there was room (RL-2). The rows are locked in the order of their keys. A function, because a
-- fallback counts rows of many addresses in one statement, and the same one more than once.
CREATE FUNCTION "carries"(who text, at timestamptz, hour_most integer, day_most integer)
RETURNS boolean LANGUAGE sql VOLATILE AS $$
  WITH counted AS (
    INSERT INTO "Counter" AS c (key, most, "windowMs", hits, "expiresAt")
    SELECT w.key, w.most, w.ms, ARRAY[at], at + w.ms * interval '1 millisecond' FROM (
      SELECT *, bool_or("full") OVER () AS stopped FROM (
        SELECT l.*, COALESCE(r.hits[cardinality(r.hits) - l.most + 1] > at - l.ms * interval '1 millisecond', false) AS "full"
        FROM (VALUES ('carried-day:' || who, day_most, 86400000), ('carried-hour:' || who, hour_most, 3600000))
          l(key, most, ms) LEFT JOIN "Counter" r ON r.key = l.key
      ) looked
    ) w WHERE "full" OR NOT stopped ORDER BY w.key
    ON CONFLICT (key) DO UPDATE SET most = EXCLUDED.most,
      passed = COALESCE(c.hits[cardinality(c.hits) - EXCLUDED.most + 1] <= at - EXCLUDED."windowMs" * interval '1 millisecond', true),
      hits = CASE WHEN COALESCE(c.hits[cardinality(c.hits) - EXCLUDED.most + 1] <= at - EXCLUDED."windowMs" * interval '1 millisecond', true)
        THEN (c.hits || at)[GREATEST(1, cardinality(c.hits) + 2 - EXCLUDED.most):] ELSE c.hits END,
      "expiresAt" = GREATEST(c."expiresAt", EXCLUDED."expiresAt")
    RETURNING passed
  ) SELECT bool_and(passed) FROM counted
$$;
