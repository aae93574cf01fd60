-- TIM-1: these two belong to the database's clock. Prisma's own `now()` is the app's: it is put into the statement. What is
-- written here is the same moment as before, but Prisma leaves it to the database.

-- AlterTable
ALTER TABLE "Delivery" ALTER COLUMN "nextAttemptAt" SET DEFAULT transaction_timestamp();

-- AlterTable
ALTER TABLE "Transport" ALTER COLUMN "tokensAt" SET DEFAULT transaction_timestamp();
