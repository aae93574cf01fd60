import { migrationsOnDisk } from './migration-files';
import { withSchemaEngine } from './schema-engine';

/**
 * Applies what is not applied yet, like `prisma migrate deploy`, with the same table of what was.
 * @param url a postgresql:// URL
 * @returns the names of the migrations that were applied now, oldest first
 */
export async function migrate(url: string): Promise<string[]> {
  const { appliedMigrationNames } = await withSchemaEngine(url, (engine) =>
    engine.applyMigrations({
      migrationsList: migrationsOnDisk(),
      filters: { externalTables: [], externalEnums: [] },
    }),
  );
  return appliedMigrationNames;
}
