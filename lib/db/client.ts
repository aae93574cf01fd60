import 'server-only';
import { PrismaClient } from '@/generated/prisma/client';
import { adapterTo } from './adapter';
import { WAITS } from './limits';

export type Database = PrismaClient;

/**
 * A Prisma client on any PostgreSQL, the embedded one included.
 * @param url a postgresql:// URL
 * @param pool connections at most; where it is left out, the URL's `connection_limit`, else 10
 */
export function connect(url: string, pool?: number): Database {
  return new PrismaClient({
    adapter: adapterTo(url, pool),
    transactionOptions: { maxWait: WAITS.transactionBegin, timeout: WAITS.transaction },
  });
}
