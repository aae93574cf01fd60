import { Client } from 'pg';
import { prepare, readStatements } from '@/scripts/support/release-statements';

// UPG-1: while a new release is rolled out, the previous one goes on working with the schema that the new one brought.
// What it sends is kept in tests/previous-release (npm run db:statements). How migrations stay fit for it: decision 47.

const statements = readStatements();
const db = new Client({ connectionString: process.env.DATABASE_URL ?? '' });
beforeAll(() => db.connect());
afterAll(() => db.end());

async function misfits(): Promise<string[]> {
  const found: string[] = [];
  for (const { sql, types } of statements) {
    const now = await prepare(db, sql);
    if ('problem' in now) found.push(`${now.problem}: ${sql}`);
    else if (now.types.join() !== types.join()) found.push(`${types} became ${now.types}: ${sql}`);
  }
  return found;
}

/** Columns that must be given, and that a statement which inserts into their table does not give. */
async function incomplete(): Promise<string[]> {
  const { rows } = await db.query<{ table: string; column: string }>(`
    SELECT table_name AS table, column_name AS column FROM information_schema.columns
    WHERE table_schema = current_schema() AND is_nullable = 'NO' AND column_default IS NULL
      AND is_identity = 'NO' AND is_generated = 'NEVER'`);
  return statements.flatMap(({ sql }) =>
    [...sql.matchAll(/INSERT INTO (?:"public"\.)?"(\w+)"(?: AS \w+)? \(([^)]*)\)/g)].flatMap(([, table, list = '']) =>
      rows
        .filter((row) => row.table === table && !list.split(/\W+/).includes(row.column))
        .map(({ column }) => `${table}.${column}: ${sql}`),
    ),
  );
}

/** Tries a migration, and takes it back. */
async function after<T>(migration: string, look: () => Promise<T>): Promise<T> {
  await db.query('BEGIN');
  try {
    await db.query(migration);
    return await look();
  } finally {
    await db.query('ROLLBACK');
  }
}

test('UPG-1: every statement of the previous release fits the schema, with the same types', async () => {
  expect(statements.length).toBeGreaterThan(150);
  expect(await misfits()).toEqual([]);
});

test('UPG-1: every row that the previous release inserts is complete', async () => {
  expect(await incomplete()).toEqual([]);
});

// A statement that fails inside of a transaction ends it, so that the first misfit hides behind the others' errors.
test.each([
  ['a dropped column', 'ALTER TABLE "Delivery" DROP COLUMN "nextAttemptAt" CASCADE'],
  ['a renamed column', 'ALTER TABLE "User" RENAME COLUMN email TO address'],
  ['a dropped table', 'DROP TABLE "Session" CASCADE'],
  ['a renamed type', 'ALTER TYPE "DeliveryStatus" RENAME TO "Status"'],
  ['a dropped function', 'DROP FUNCTION "guessesOf" CASCADE'],
])('UPG-1: %s is found', async (_, migration) => {
  expect((await after(migration, misfits))[0]).toMatch(/does not exist/);
});

test('UPG-1: a type that became narrower is found', async () => {
  const found = await after('ALTER TABLE "Counter" ALTER COLUMN points TYPE smallint', misfits);
  expect(found).toContainEqual(expect.stringMatching(/became/));
});

test('UPG-1: a new column that must be given is found, and one with a default is none', async () => {
  // Rows that another test left would refuse the column by themselves.
  const column = 'TRUNCATE "AuditEvent"; ALTER TABLE "AuditEvent" ADD COLUMN more text NOT NULL';
  expect((await after(column, incomplete)).length).toBeGreaterThan(0);
  expect(await after(`${column} DEFAULT ''`, incomplete)).toEqual([]);
});
