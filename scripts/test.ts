import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { loadEnvironment } from './support/environment';
import { migrate } from './support/migrate';
import { openTestDatabase } from './support/test-database';

// `npm test`: a fresh database, then jest. What follows `--` goes to jest: npm test -- --selectProjects unit

if (process.env.TEST_DATABASE_URL === undefined) loadEnvironment();
const server = process.env.TEST_DATABASE_URL?.trim();
const database = await openTestDatabase(server).catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
});
let signalled: NodeJS.Signals | undefined;

async function run(): Promise<number> {
  await migrate(database.url);
  // The tests of one run share one database, so one file at a time. What needs a server is not chosen elsewhere.
  const withoutServer = ['--testPathIgnorePatterns', '/node_modules/', '<rootDir>/tests/integration/server/'];
  const options = ['--runInBand', ...process.argv.slice(2), ...(server ? [] : withoutServer)];
  const jest = spawn(process.execPath, [join('node_modules', 'jest', 'bin', 'jest.js'), ...options], {
    stdio: 'inherit',
    env: { ...process.env, NODE_ENV: 'test', DATABASE_URL: database.url },
  });
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.on(signal, () => {
      signalled = signal;
      jest.kill(signal);
    });
  }
  return new Promise((resolve) => {
    jest.once('error', () => resolve(1));
    jest.once('exit', (code) => resolve(code ?? 1));
  });
}

try {
  process.exitCode = await run();
} finally {
  await database.close();
}
if (signalled) process.exitCode = signalled === 'SIGINT' ? 130 : 143;
