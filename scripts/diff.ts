import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { MIGRATIONS, migrationsOnDisk, schemaFiles } from './support/migration-files';
import { servePostgres } from './support/pglite';
import { embeddedUrl } from './support/pglite-url';
import { withSchemaEngine } from './support/schema-engine';

// `npm run db:diff -- name`: writes the migration that leads from the ones on disk to schema.prisma.
// The migrations are replayed on an empty database in memory, so no other database is touched.

const name = process.argv[2] ?? '';
if (!/^[a-z0-9_]{1,60}$/.test(name)) {
  console.error('Name the migration in snake_case: npm run db:diff -- add_something');
  process.exit(1);
}

const shadow = await servePostgres();
try {
  const { exitCode, stdout } = await withSchemaEngine(embeddedUrl(shadow.port), (engine) =>
    engine.diff({
      from: { tag: 'migrations', ...migrationsOnDisk() },
      to: { tag: 'schemaDatamodel', files: schemaFiles() },
      script: true,
      exitCode: true,
      filters: { externalTables: [], externalEnums: [] },
    }),
  );
  // 2 is the engine's word for: there is a difference.
  if (exitCode === 2 && stdout) {
    const stamp = new Date().toISOString().replace(/\D/g, '').slice(0, 14);
    const folder = join(MIGRATIONS, `${stamp}_${name}`);
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, 'migration.sql'), stdout);
    console.log(`Wrote ${join(folder, 'migration.sql')}. Read it before you apply it: npm run db:migrate`);
  } else {
    console.log('No difference');
  }
} finally {
  await shadow.close();
}
