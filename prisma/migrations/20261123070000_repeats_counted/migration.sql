-- A right code is compared again for a moment, for a second click. Its other tries are open that long (VER-3).
DROP FUNCTION "guessesOf"(text, timestamptz, timestamptz, timestamptz, text);

-- How many wrong guesses a bucket has had since "since" and within the window, and how many its live codes still allow
-- (VER-3). A function, because a statement that has waited for the bucket's row goes on seeing the challenges as they
-- were before it waited, and what a volatile function asks sees them as they are.
CREATE FUNCTION "guessesOf"(
  bucket text, since timestamptz, counted_from timestamptz, at timestamptz, repeated_from timestamptz, beside text
)
RETURNS TABLE (spent integer, open integer) LANGUAGE sql VOLATILE AS $$
  SELECT
    COALESCE(sum(attempts - inherited) FILTER (WHERE "createdAt" > since), 0)::integer,
    COALESCE(sum("maxAttempts" - attempts) FILTER (
      WHERE "expiresAt" > at AND ("consumedAt" IS NULL OR "consumedAt" > repeated_from) AND "closedAt" IS NULL
    ), 0)::integer
  FROM "Challenge" WHERE "guessKey" = bucket AND "createdAt" > counted_from AND id <> beside
$$;
