-- CreateEnum
CREATE TYPE "SmsStopper" AS ENUM ('operator', 'conversion');

-- AlterTable
ALTER TABLE "Delivery" ADD COLUMN     "cost" BIGINT,
ADD COLUMN     "country" TEXT;

-- CreateTable
CREATE TABLE "SmsCountry" (
    "country" TEXT NOT NULL,
    "spentOn" DATE NOT NULL,
    "spentMicros" BIGINT NOT NULL DEFAULT 0,
    "alerted" INTEGER NOT NULL DEFAULT 0,
    "stoppedBy" "SmsStopper",
    "stoppedAt" TIMESTAMPTZ(3),
    "stoppedUntil" TIMESTAMPTZ(3),
    "countedFrom" TIMESTAMPTZ(3),
    "lowSince" TIMESTAMPTZ(3),

    CONSTRAINT "SmsCountry_pkey" PRIMARY KEY ("country")
);

-- Only codes that left as SMS: an hour of them is found beside ten million other deliveries.
CREATE INDEX "Delivery_sms_code_sent_idx" ON "Delivery"("sentAt") WHERE "channel" = 'sms' AND "kind" = 'code' AND "country" IS NOT NULL;

-- What Prisma's schema language cannot say.

-- Only what left costs anything: an SMS, to a person, of a country.
ALTER TABLE "Delivery" ADD CONSTRAINT "Delivery_cost_check"
    CHECK (("country" IS NULL AND "cost" IS NULL) OR ("channel" = 'sms' AND "userId" IS NOT NULL AND "country" IS NOT NULL AND COALESCE("cost", 0) >= 0));

ALTER TABLE "SmsCountry" ADD CONSTRAINT "SmsCountry_spent_check"
    CHECK ("spentMicros" >= 0);

-- The breaker lets a country try again, an operator may stop for good.
ALTER TABLE "SmsCountry" ADD CONSTRAINT "SmsCountry_stop_check"
    CHECK (("stoppedBy" IS NULL) = ("stoppedAt" IS NULL) AND ("stoppedBy" IS NOT NULL OR "stoppedUntil" IS NULL)
        AND ("stoppedBy" <> 'conversion' OR "stoppedUntil" IS NOT NULL));
