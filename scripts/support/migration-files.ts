import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { MigrationList } from '@prisma/schema-engine-wasm/schema_engine_bg';

// npm runs every script in the project's folder.
export const MIGRATIONS = resolve('prisma/migrations');
const SCHEMA = resolve('prisma/schema.prisma');

export function schemaFiles(): { path: string; content: string }[] {
  return [{ path: SCHEMA, content: readFileSync(SCHEMA, 'utf8') }];
}

/** The migrations on disk, oldest first, as the schema engine wants them. */
export function migrationsOnDisk(): MigrationList {
  const names = existsSync(MIGRATIONS)
    ? readdirSync(MIGRATIONS, { withFileTypes: true }).filter((entry) => entry.isDirectory())
    : [];
  const lockfile = join(MIGRATIONS, 'migration_lock.toml');
  return {
    baseDir: MIGRATIONS,
    lockfile: {
      path: 'migration_lock.toml',
      content: existsSync(lockfile) ? readFileSync(lockfile, 'utf8') : null,
    },
    shadowDbInitScript: '',
    migrationDirectories: names
      .map(({ name }) => name)
      .sort()
      .map((name) => ({ path: name, migrationFile: { path: 'migration.sql', content: read(name) } })),
  };
}

/** One migration: its folder's name, and its statements. */
export type Migration = { name: string; sql: string };

/** The migrations on disk, oldest first. @throws where a folder has no migration.sql */
export const migrationScripts = (): Migration[] =>
  migrationsOnDisk().migrationDirectories.map(({ path, migrationFile: { content } }) => {
    if (content.tag === 'error') throw new Error(`prisma/migrations/${path} has no migration.sql that can be read`);
    return { name: path, sql: content.value };
  });

function read(name: string): { tag: 'ok'; value: string } | { tag: 'error'; value: string } {
  try {
    return { tag: 'ok', value: readFileSync(join(MIGRATIONS, name, 'migration.sql'), 'utf8') };
  } catch (error) {
    return { tag: 'error', value: String(error) };
  }
}
