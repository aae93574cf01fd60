-- CreateTable
CREATE TABLE "Tally" (
    "hour" TIMESTAMPTZ(3) NOT NULL,
    "what" TEXT NOT NULL,
    "channel" TEXT NOT NULL,
    "step" INTEGER NOT NULL,
    "count" INTEGER NOT NULL,

    CONSTRAINT "Tally_pkey" PRIMARY KEY ("hour","what","channel","step")
);
