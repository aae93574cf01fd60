import { PrismaClient } from '@/generated/prisma/client';
import { adapterTo } from '@/lib/db/adapter';
import type { Database } from '@/lib/db/client';

/** A client on this run's database that writes down every statement it sends: each is a round trip. */
export function countedDatabase(): { db: Database; statements: string[] } {
  const adapter = adapterTo(process.env.DATABASE_URL ?? '');
  const db = new PrismaClient({ adapter, log: [{ emit: 'event', level: 'query' }] });
  const statements: string[] = [];
  db.$on('query', ({ query }) => statements.push(query));
  return { db, statements };
}
