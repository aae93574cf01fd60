import { indexProblem } from '@/scripts/support/concurrent-index';
import { migrationScripts } from '@/scripts/support/migration-files';

// A migration and its record commit together (scripts/support/apply-migration.ts), so that none may end a transaction.

const transactions = /^\s*(BEGIN|START TRANSACTION|COMMIT|END|ROLLBACK)\b[^;]*;/im;
/** Function bodies have a BEGIN and an END of their own. */
const withoutBodies = (sql: string): string => sql.replace(/\$(\w*)\$[\s\S]*?\$\1\$/g, '');

test.each(migrationScripts().map(({ name, sql }) => [name, sql]))(
  'UPG-3: %s can be applied whole or not at all',
  (_, sql) => {
    expect(withoutBodies(sql)).not.toMatch(transactions);
    expect(indexProblem(sql)).toBeNull();
  },
);

test('what may not stand in a migration is found', () => {
  expect('CREATE TABLE x ();\nCOMMIT;').toMatch(transactions);
  expect(indexProblem('CREATE INDEX CONCURRENTLY "a" ON "b" (c);')).toMatch(/stands alone/);
  expect(indexProblem('CREATE INDEX CONCURRENTLY IF NOT EXISTS "a" ON "b" (c);\nSELECT 1;')).toMatch(/stands alone/);
  expect(indexProblem('-- CONCURRENTLY is for servers\nCREATE INDEX "a" ON "b" (c);')).toBeNull();
  expect(
    indexProblem('-- why\nCREATE INDEX CONCURRENTLY IF NOT EXISTS "a"\n  ON "b" (c) WHERE d IS NULL;\n'),
  ).toBeNull();
});
