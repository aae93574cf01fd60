import { connect, type Database } from '@/lib/db/client';

/**
 * The database that scripts/test.ts made for this run, empty at the start of every test of this file, whatever the
 * file before left behind, and disconnected after the last one.
 */
export function testDatabase(): Database {
  const url = process.env.DATABASE_URL;
  if (!url) throw new Error('Run the tests by `npm test`: it makes their database.');
  const db = connect(url);
  beforeEach(() => emptyDatabase(db));
  afterAll(() => db.$disconnect());
  return db;
}

/**
 * Empties every table in one statement: PostgreSQL checks the references at its end, so the order does not matter.
 * TRUNCATE recreates the files of each table, which took a server sixty times as long.
 */
export async function emptyDatabase(db: Database): Promise<void> {
  const tables = await db.$queryRaw<{ name: string }[]>`
    SELECT quote_ident(tablename) AS name FROM pg_tables
    WHERE schemaname = current_schema() AND tablename <> '_prisma_migrations'`;
  const deletions = tables.map(({ name }, at) => `d${at} AS (DELETE FROM ${name})`);
  await db.$executeRawUnsafe(`WITH ${deletions.join(', ')} SELECT 1`);
}

/** What the database's clock says: leases, circuits and stops go by it, and a test's own may be another (TIM-1). */
export async function databaseNow(db: Database): Promise<Date> {
  const [row] = await db.$queryRaw<{ now: Date }[]>`SELECT now()::timestamptz(3) AS now`;
  if (!row) throw new Error('the database did not say what time it is');
  return row.now;
}

/** The UTC day of the database, at its first moment. */
export const databaseDay = async (db: Database): Promise<Date> =>
  new Date((await databaseNow(db)).toISOString().slice(0, 10));
