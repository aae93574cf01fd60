-- AlterTable
ALTER TABLE "Challenge" ADD COLUMN     "guessKey" TEXT NOT NULL DEFAULT '',
ADD COLUMN     "inherited" INTEGER NOT NULL DEFAULT 0;

-- CreateTable
CREATE TABLE "Counter" (
    "key" TEXT NOT NULL,
    "hits" TIMESTAMPTZ(3)[],
    "most" INTEGER NOT NULL DEFAULT 0,
    "windowMs" INTEGER NOT NULL DEFAULT 0,
    "passed" BOOLEAN NOT NULL DEFAULT true,
    "points" INTEGER NOT NULL DEFAULT 0,
    "since" TIMESTAMPTZ(3),
    "until" TIMESTAMPTZ(3),
    "expiresAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "Counter_pkey" PRIMARY KEY ("key")
);

-- CreateIndex
CREATE INDEX "Counter_expiresAt_idx" ON "Counter"("expiresAt");

-- CreateIndex
CREATE INDEX "Session_expiresAt_idx" ON "Session"("expiresAt");

-- CreateIndex
CREATE INDEX "Challenge_guessKey_createdAt_idx" ON "Challenge"("guessKey", "createdAt");

-- Codes that are under way count where their address counts.
UPDATE "Challenge" SET "guessKey" = 'guess:' || "identifierHash";

-- How many wrong guesses a bucket has had since "since" and within the window, and how many its live codes still allow
-- (VER-3). A function, because a statement that has waited for the bucket's row goes on seeing the challenges as they
-- were before it waited, and what a volatile function asks sees them as they are.
CREATE FUNCTION "guessesOf"(bucket text, since timestamptz, counted_from timestamptz, at timestamptz, beside text)
RETURNS TABLE (spent integer, open integer) LANGUAGE sql VOLATILE AS $$
  SELECT
    COALESCE(sum(attempts - inherited) FILTER (WHERE "createdAt" > since), 0)::integer,
    COALESCE(sum("maxAttempts" - attempts)
      FILTER (WHERE "expiresAt" > at AND "consumedAt" IS NULL AND "closedAt" IS NULL), 0)::integer
  FROM "Challenge" WHERE "guessKey" = bucket AND "createdAt" > counted_from AND id <> beside
$$;
