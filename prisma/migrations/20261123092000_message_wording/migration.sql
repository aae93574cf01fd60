-- CreateTable
CREATE TABLE "MessageWording" (
    "kind" "DeliveryKind" NOT NULL,
    "channel" "Channel" NOT NULL,
    "version" INTEGER NOT NULL,
    "subject" TEXT,
    "body" TEXT,
    "createdAt" TIMESTAMPTZ(3) NOT NULL,
    "createdBy" UUID NOT NULL,

    CONSTRAINT "MessageWording_pkey" PRIMARY KEY ("kind","channel","version")
);

-- What lib/delivery/wording.ts checks in full, as far as the table can say it
ALTER TABLE "MessageWording" ADD CONSTRAINT "MessageWording_version_check"
    CHECK ("version" >= 1);

ALTER TABLE "MessageWording" ADD CONSTRAINT "MessageWording_kind_check"
    CHECK ("kind" IN ('code', 'second_step', 'password_changed', 'guessing', 'reset_invited')
      AND ("channel" = 'email' OR "kind" IN ('code', 'password_changed', 'guessing')));

ALTER TABLE "MessageWording" ADD CONSTRAINT "MessageWording_text_check"
    CHECK (("subject" IS NOT NULL) = ("channel" = 'email' AND "body" IS NOT NULL)
      AND char_length("subject") <= 100 AND "subject" !~ '[[:cntrl:]]' AND char_length("body") <= 2000);
