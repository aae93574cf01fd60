-- CreateEnum
CREATE TYPE "FailureClass" AS ENUM ('recipient', 'account', 'passing');

-- CreateEnum
CREATE TYPE "ActionTokenKind" AS ENUM ('close_challenge', 'dispute_password');

-- AlterEnum
ALTER TYPE "DeliveryKind" ADD VALUE 'operator_needed';

-- AlterTable
ALTER TABLE "Delivery" DROP COLUMN "leaseUntil",
DROP COLUMN "provider",
ADD COLUMN     "attempts" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "claims" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "deliveredAt" TIMESTAMPTZ(3),
ADD COLUMN     "errorClass" "FailureClass",
ADD COLUMN     "failoverOf" UUID,
ADD COLUMN     "nextAttemptAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
ADD COLUMN     "recipientHash" TEXT,
ADD COLUMN     "recipientMasked" TEXT,
ADD COLUMN     "sentAt" TIMESTAMPTZ(3),
ADD COLUMN     "transport" TEXT;

-- AlterTable
ALTER TABLE "User" ADD COLUMN     "distrustUntil" TIMESTAMPTZ(3),
ADD COLUMN     "distrusted" "Channel"[];

-- CreateTable
CREATE TABLE "DeliveryAttempt" (
    "deliveryId" UUID NOT NULL,
    "number" INTEGER NOT NULL,
    "transport" TEXT NOT NULL,
    "startedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "endedAt" TIMESTAMPTZ(3),
    "accepted" BOOLEAN,
    "errorClass" "FailureClass",
    "errorCode" TEXT,
    "answer" TEXT,

    CONSTRAINT "DeliveryAttempt_pkey" PRIMARY KEY ("deliveryId","number")
);

-- CreateTable
CREATE TABLE "Transport" (
    "name" TEXT NOT NULL,
    "failures" INTEGER NOT NULL DEFAULT 0,
    "openings" INTEGER NOT NULL DEFAULT 0,
    "openUntil" TIMESTAMPTZ(3),
    "tokens" DOUBLE PRECISION NOT NULL DEFAULT 1000000,
    "tokensAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "lastError" TEXT,
    "lastErrorAt" TIMESTAMPTZ(3),

    CONSTRAINT "Transport_pkey" PRIMARY KEY ("name")
);

-- CreateTable
CREATE TABLE "ActionToken" (
    "tokenHash" TEXT NOT NULL,
    "kind" "ActionTokenKind" NOT NULL,
    "challengeId" TEXT,
    "userId" UUID,
    "passwordVersion" INTEGER,
    "expiresAt" TIMESTAMPTZ(3) NOT NULL,
    "usedAt" TIMESTAMPTZ(3),

    CONSTRAINT "ActionToken_pkey" PRIMARY KEY ("tokenHash")
);

-- CreateIndex
CREATE INDEX "DeliveryAttempt_transport_startedAt_idx" ON "DeliveryAttempt"("transport", "startedAt");

-- CreateIndex
CREATE INDEX "ActionToken_challengeId_idx" ON "ActionToken"("challengeId");

-- CreateIndex
CREATE INDEX "ActionToken_userId_idx" ON "ActionToken"("userId");

-- CreateIndex
CREATE INDEX "ActionToken_expiresAt_idx" ON "ActionToken"("expiresAt");

-- CreateIndex
CREATE UNIQUE INDEX "Delivery_failoverOf_key" ON "Delivery"("failoverOf");

-- Only what is under way: the queue costs the same beside ten million past deliveries.
DROP INDEX "Delivery_live_idx";
CREATE INDEX "Delivery_live_idx" ON "Delivery"("channel", "kind", "nextAttemptAt") WHERE "status" IN ('queued', 'sending');

-- CreateIndex
CREATE INDEX "Delivery_queuedAt_idx" ON "Delivery"("queuedAt");

-- AddForeignKey
ALTER TABLE "DeliveryAttempt" ADD CONSTRAINT "DeliveryAttempt_deliveryId_fkey" FOREIGN KEY ("deliveryId") REFERENCES "Delivery"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ActionToken" ADD CONSTRAINT "ActionToken_challengeId_fkey" FOREIGN KEY ("challengeId") REFERENCES "Challenge"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ActionToken" ADD CONSTRAINT "ActionToken_userId_fkey" FOREIGN KEY ("userId") REFERENCES "User"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- DropForeignKey
ALTER TABLE "Delivery" DROP CONSTRAINT "Delivery_challengeId_fkey";

-- AddForeignKey
ALTER TABLE "Delivery" ADD CONSTRAINT "Delivery_challengeId_fkey" FOREIGN KEY ("challengeId") REFERENCES "Challenge"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- What Prisma's schema language cannot say.

ALTER TABLE "Delivery" ADD CONSTRAINT "Delivery_claims_check"
    CHECK ("attempts" BETWEEN 0 AND "claims");

-- SMTP has no receipt: mail ends at sent.
ALTER TABLE "Delivery" ADD CONSTRAINT "Delivery_receipt_check"
    CHECK ("status" <> 'delivered' OR "channel" = 'sms');

-- A decoy has nobody whose address could be kept.
ALTER TABLE "Delivery" ADD CONSTRAINT "Delivery_decoy_check"
    CHECK ("userId" IS NOT NULL OR ("recipientMasked" IS NULL AND "recipientHash" IS NULL AND "failoverOf" IS NULL));

ALTER TABLE "ActionToken" ADD CONSTRAINT "ActionToken_dispute_check"
    CHECK ("kind" <> 'dispute_password' OR "passwordVersion" IS NOT NULL);
