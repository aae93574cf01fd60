-- CreateTable
CREATE TABLE "LimitOverride" (
    "policy" TEXT NOT NULL,
    "most" INTEGER,
    "version" INTEGER NOT NULL,
    "changedAt" TIMESTAMPTZ(3) NOT NULL,
    "changedBy" UUID,

    CONSTRAINT "LimitOverride_pkey" PRIMARY KEY ("policy")
);

-- No limit is ever nothing, or open.
ALTER TABLE "LimitOverride" ADD CONSTRAINT "LimitOverride_most_check" CHECK ("most" BETWEEN 1 AND 10000);

-- What an admin asks first: who is refused now, and who must wait.
CREATE INDEX "Counter_refused_idx" ON "Counter"("expiresAt") WHERE NOT "passed";
CREATE INDEX "Counter_waiting_idx" ON "Counter"("until") WHERE "until" IS NOT NULL;
