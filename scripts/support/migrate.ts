import { databaseProblems } from '@/lib/db/reachable';
import { settingsNeedMending } from './environment';
import { migrationsOnDisk } from './migration-files';
import { Refused } from './refused';
import { withSchemaEngine } from './schema-engine';

/**
 * Applies what is not applied yet, like `prisma migrate deploy`, with the same table of what was.
 * @param url a postgresql:// URL
 * @throws Refused where migrations would go elsewhere than the application looks, or the certificate is not trusted
 * @returns the names of the migrations that were applied now, oldest first
 */
export async function migrate(url: string): Promise<string[]> {
  const problems = await databaseProblems(url);
  if (problems.length > 0) throw new Refused(settingsNeedMending(problems));
  const { appliedMigrationNames } = await withSchemaEngine(url, (engine) =>
    engine.applyMigrations({
      migrationsList: migrationsOnDisk(),
      filters: { externalTables: [], externalEnums: [] },
    }),
  );
  return appliedMigrationNames;
}
