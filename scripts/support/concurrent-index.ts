const BUILT_ALONE = /^CREATE (?:UNIQUE )?INDEX CONCURRENTLY IF NOT EXISTS "(?<name>\w+)"\s+ON "\w+"[^;]*;?$/;

/** Without comments and blank space around it. */
const bare = (sql: string): string => sql.replace(/^\s*--.*$/gm, '').trim();

/**
 * The index that a migration builds while the table stays writable. PostgreSQL does that outside of transactions only,
 * so the statement stands alone in its migration, and says IF NOT EXISTS: it may have been built and not recorded.
 * @returns its name; null for any other migration
 */
export const indexBuiltAlone = (sql: string): string | null => BUILT_ALONE.exec(bare(sql))?.groups?.name ?? null;

/** The same index, built in a transaction. */
export const plainly = (sql: string): string => sql.replace('INDEX CONCURRENTLY', 'INDEX');

/** @returns what is wrong with a migration in this regard; null for nothing */
export function indexProblem(sql: string): string | null {
  if (!/\bCONCURRENTLY\b/i.test(bare(sql)) || indexBuiltAlone(sql)) return null;
  return 'CREATE INDEX CONCURRENTLY stands alone in its migration, as: CREATE INDEX CONCURRENTLY IF NOT EXISTS "name" ON "Table" (…);';
}
