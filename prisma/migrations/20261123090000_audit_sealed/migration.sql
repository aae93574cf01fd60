-- DropIndex
DROP INDEX "AuditEvent_at_idx";

-- DropIndex
DROP INDEX "AuditEvent_subjectId_at_idx";

-- AlterTable
ALTER TABLE "AuditEvent" ADD COLUMN     "batch" INTEGER;

-- CreateTable
CREATE TABLE "AuditBatch" (
    "number" INTEGER NOT NULL,
    "sealedAt" TIMESTAMPTZ(3) NOT NULL,
    "count" INTEGER NOT NULL,
    "ids" BYTEA NOT NULL,
    "hashes" BYTEA NOT NULL,
    "digest" TEXT NOT NULL,
    "previous" TEXT NOT NULL,
    "mac" TEXT NOT NULL,
    "purgedAt" TIMESTAMPTZ(3),

    CONSTRAINT "AuditBatch_pkey" PRIMARY KEY ("number")
);

-- CreateIndex
CREATE INDEX "AuditEvent_at_id_idx" ON "AuditEvent"("at", "id");

-- CreateIndex
CREATE INDEX "AuditEvent_type_at_id_idx" ON "AuditEvent"("type", "at", "id");

-- CreateIndex
CREATE INDEX "AuditEvent_subjectId_at_id_idx" ON "AuditEvent"("subjectId", "at", "id");

-- What is empty in most rows costs them nothing.
CREATE INDEX "AuditEvent_actor_idx" ON "AuditEvent"("actorId", "at", "id") WHERE "actorId" IS NOT NULL;
CREATE INDEX "AuditEvent_correlation_idx" ON "AuditEvent"("correlationId", "at", "id") WHERE "correlationId" IS NOT NULL;
CREATE INDEX "AuditEvent_batch_idx" ON "AuditEvent"("batch") WHERE "batch" IS NOT NULL;
CREATE INDEX "AuditEvent_unsealed_idx" ON "AuditEvent"("at") WHERE "batch" IS NULL;
