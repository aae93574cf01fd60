import 'server-only';
import { PrismaClient } from '@/generated/prisma/client';
import { utcAdapter } from './utc';

export type Database = PrismaClient;

/** A Prisma client on any PostgreSQL, the embedded one included. @param url a postgresql:// URL */
export function connect(url: string): Database {
  return new PrismaClient({
    adapter: utcAdapter({ connectionString: url, max: 10, connectionTimeoutMillis: 5_000 }),
    // An interactive transaction waits for its turn: the embedded database runs one at a time.
    transactionOptions: { maxWait: 10_000, timeout: 15_000 },
  });
}
