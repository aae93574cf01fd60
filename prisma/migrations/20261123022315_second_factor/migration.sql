-- AlterEnum
ALTER TYPE "ActionTokenKind" ADD VALUE 'enrol_second_factor';

-- AlterEnum
ALTER TYPE "ChallengePurpose" ADD VALUE 'second_step';

-- AlterEnum
-- Beside the codes, and before the notices.
ALTER TYPE "DeliveryKind" ADD VALUE 'second_step' BEFORE 'password_changed';

-- AlterTable
ALTER TABLE "Session" ADD COLUMN     "provedAt" TIMESTAMPTZ(3);

-- CreateTable
CREATE TABLE "SecondFactor" (
    "userId" UUID NOT NULL,
    "sealedSecret" TEXT NOT NULL,
    "keyId" TEXT NOT NULL,
    "lastStep" INTEGER NOT NULL,
    "recoveryHashes" TEXT[],
    "enrolledAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "SecondFactor_pkey" PRIMARY KEY ("userId")
);

-- AddForeignKey
ALTER TABLE "SecondFactor" ADD CONSTRAINT "SecondFactor_userId_fkey" FOREIGN KEY ("userId") REFERENCES "User"("id") ON DELETE CASCADE ON UPDATE CASCADE;
