-- Decoys are claimed apart from the rest: without this, every claim would look for them among all that waits.
CREATE INDEX "Delivery_decoy_idx" ON "Delivery"("kind", "nextAttemptAt") WHERE "userId" IS NULL AND "status" IN ('queued', 'sending');
