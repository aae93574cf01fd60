-- CreateEnum
CREATE TYPE "IncidentKind" AS ENUM ('provider_account', 'provider_down', 'quota', 'sms_budget', 'failures', 'conversion', 'outbox', 'guessing', 'sign_ins');

-- AlterEnum
ALTER TYPE "DeliveryKind" ADD VALUE 'alert_began';
ALTER TYPE "DeliveryKind" ADD VALUE 'alert_ended';

-- AlterTable
ALTER TABLE "Delivery" ADD COLUMN     "incidentId" UUID;

-- CreateTable
CREATE TABLE "Incident" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "kind" "IncidentKind" NOT NULL,
    "about" TEXT NOT NULL,
    "figures" JSONB NOT NULL DEFAULT '{}',
    "startedAt" TIMESTAMPTZ(3) NOT NULL,
    "seenAt" TIMESTAMPTZ(3) NOT NULL,
    "endedAt" TIMESTAMPTZ(3),

    CONSTRAINT "Incident_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "AlertPost" (
    "incidentId" UUID NOT NULL,
    "ended" BOOLEAN NOT NULL,
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "nextAttemptAt" TIMESTAMPTZ(3) NOT NULL,
    "postedAt" TIMESTAMPTZ(3),
    "answer" TEXT,

    CONSTRAINT "AlertPost_pkey" PRIMARY KEY ("incidentId","ended")
);

-- CreateTable
CREATE TABLE "TallyTotal" (
    "what" TEXT NOT NULL,
    "channel" TEXT NOT NULL,
    "step" INTEGER NOT NULL,
    "count" BIGINT NOT NULL,

    CONSTRAINT "TallyTotal_pkey" PRIMARY KEY ("what","channel","step")
);

-- CreateIndex
CREATE INDEX "Incident_startedAt_idx" ON "Incident"("startedAt");

-- Of what goes on there is one incident for each kind and subject, whoever sees it first.
CREATE UNIQUE INDEX "Incident_open_key" ON "Incident"("kind", "about") WHERE "endedAt" IS NULL;

-- Hardly a delivery has one: what removes an incident finds them by this.
CREATE INDEX "Delivery_incident_idx" ON "Delivery"("incidentId") WHERE "incidentId" IS NOT NULL;

-- What waits to be posted.
CREATE INDEX "AlertPost_waiting_idx" ON "AlertPost"("nextAttemptAt") WHERE "postedAt" IS NULL;

INSERT INTO "TallyTotal" SELECT what, channel, step, sum(count) FROM "Tally" WHERE what <> 'counted' GROUP BY 1, 2, 3;

-- AddForeignKey
ALTER TABLE "Delivery" ADD CONSTRAINT "Delivery_incidentId_fkey" FOREIGN KEY ("incidentId") REFERENCES "Incident"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "AlertPost" ADD CONSTRAINT "AlertPost_incidentId_fkey" FOREIGN KEY ("incidentId") REFERENCES "Incident"("id") ON DELETE CASCADE ON UPDATE CASCADE;
