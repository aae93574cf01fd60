-- AlterEnum
ALTER TYPE "DeliveryKind" ADD VALUE 'reset_invited';

-- CreateIndex
CREATE INDEX "User_createdAt_id_idx" ON "User"("createdAt", "id");

-- How an address begins, for the search of the admin pages. What Prisma's schema language cannot say: it leaves indexes
-- with a condition alone, and this one is true of every row.
CREATE INDEX "User_email_prefix_idx" ON "User"("email" text_pattern_ops) WHERE "email" IS NOT NULL;

-- CreateIndex
CREATE INDEX "User_admin_idx" ON "User"("role");
