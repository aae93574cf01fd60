import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { Client } from 'pg';
import { migrate } from './support/migrate';
import {
  distinct,
  FIXTURE,
  prepare,
  type ReleaseStatement,
  readStatements,
  writeStatements,
} from './support/release-statements';
import { recordStatements } from './support/statement-recorder';
import { openTestDatabase } from './support/test-database';

// `npm run db:statements`: runs the tests and keeps every statement that this release sends, for the next one to be
// tried against (docs/decisions/0047). Run it in the release's own tree, at the release. It needs TEST_DATABASE_URL.
// What follows `--` chooses test files, whose statements are added to those that are kept: -- tests/integration/reset

const server = process.env.TEST_DATABASE_URL?.trim();
if (!server) {
  console.error('TEST_DATABASE_URL: missing; name a PostgreSQL on this machine that may be filled with test databases');
  process.exit(1);
}
const { hostname, port } = new URL(server);
const recorder = await recordStatements({ host: hostname, port: Number(port || 5432) });
const by = Object.assign(new URL(server), { hostname: '127.0.0.1', port: String(recorder.port) }).href;
const chosen = process.argv.slice(2);
const words = ['--selectProjects', 'integration', ...(chosen.length > 0 ? ['--testPathPatterns', ...chosen] : [])];
const tests = spawn(process.execPath, ['scripts/run.js', 'test', ...words], {
  stdio: 'inherit',
  env: { ...process.env, TEST_DATABASE_URL: by },
});
const code = await new Promise<number | null>((resolve) => tests.once('exit', resolve));
recorder.close();
if (code !== 0) console.error('Some tests failed; what they would have sent is missing.');

const database = await openTestDatabase(server);
const client = new Client({ connectionString: database.url });
try {
  await migrate(database.url);
  await client.connect();
  const kept: ReleaseStatement[] = [];
  const known = chosen.length > 0 && existsSync(FIXTURE) ? readStatements().map(({ sql }) => sql) : [];
  for (const sql of distinct([...known, ...recorder.statements])) {
    const found = await prepare(client, sql);
    // What does not even fit its own schema was a test's trial.
    if ('types' in found) kept.push({ sql, types: found.types });
  }
  writeStatements(kept, FIXTURE);
  console.log(`${kept.length} statements, of ${recorder.statements.size} that were sent: ${FIXTURE}`);
} finally {
  await client.end();
  await database.close();
}
process.exit(code ?? 1);
