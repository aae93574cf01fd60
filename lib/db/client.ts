import 'server-only';
import { PrismaPg } from '@prisma/adapter-pg';
import { PrismaClient } from '@/generated/prisma/client';
import { connectionTo, schemaOf } from './address';

export type Database = PrismaClient;

/** A Prisma client on any PostgreSQL, the embedded one included. @param url a postgresql:// URL */
export function connect(url: string): Database {
  return new PrismaClient({
    adapter: new PrismaPg(
      { ...connectionTo(url), max: 10, connectionTimeoutMillis: 5_000 },
      { schema: schemaOf(url) ?? 'public' },
    ),
    // An interactive transaction waits for its turn: the embedded database runs one at a time.
    transactionOptions: { maxWait: 10_000, timeout: 15_000 },
  });
}
