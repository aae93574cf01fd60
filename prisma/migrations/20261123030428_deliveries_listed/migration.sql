-- AlterTable
ALTER TABLE "Delivery" ADD COLUMN     "retryOf" UUID;

-- CreateIndex
CREATE UNIQUE INDEX "Delivery_retryOf_key" ON "Delivery"("retryOf");

-- What Prisma's schema language cannot say: each holds only what is asked of it. Decoys are no deliveries to an admin.

-- A page is merged from one range for each status and channel, so that what is rare is found as fast as what is not.
CREATE INDEX "Delivery_listed_idx" ON "Delivery"("status", "channel", "queuedAt", "id") WHERE "userId" IS NOT NULL;

CREATE INDEX "Delivery_failed_idx" ON "Delivery"("errorClass", "status", "channel", "queuedAt", "id")
    WHERE "userId" IS NOT NULL AND "errorClass" IS NOT NULL;

CREATE INDEX "Delivery_recipient_idx" ON "Delivery"("recipientHash", "queuedAt", "id") WHERE "recipientHash" IS NOT NULL;

CREATE INDEX "Delivery_decoy_count_idx" ON "Delivery"("channel", "queuedAt") WHERE "userId" IS NULL;
