-- The person whose row was locked when the delivery was asked for: it waits for nobody until that row is free.
-- No reference: checking it would wait for that very row.
ALTER TABLE "Delivery" ADD COLUMN "heldFor" UUID;

ALTER TABLE "Delivery" ADD CONSTRAINT "Delivery_held_check" CHECK ("heldFor" IS NULL OR "userId" IS NULL);

CREATE INDEX "Delivery_held_idx" ON "Delivery"("queuedAt") WHERE "heldFor" IS NOT NULL;
