import type { Database } from '@/lib/db/client';

/** Ends the rest of every open circuit. A closed one stays closed: with a time in the past it would be half-open. */
export const endRests = (db: Database) =>
  db.$executeRaw`UPDATE "Transport" SET "openUntil" = now() - interval '1 second' WHERE "openUntil" IS NOT NULL`;
