import { PrismaClient } from '@/generated/prisma/client';
import { adapterTo } from '@/lib/db/adapter';
import type { Database } from '@/lib/db/client';

/** A client like the application's that counts what it sends: each statement is a round trip. */
export function countedClient(url: string): { db: Database; statements: () => number } {
  const adapter = adapterTo(url);
  const db = new PrismaClient({ adapter, log: [{ emit: 'event', level: 'query' }] });
  let count = 0;
  db.$on('query', () => {
    count += 1;
  });
  return { db, statements: () => count };
}
