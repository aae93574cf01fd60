import { spawn } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { loadEnvironment } from './support/environment';
import { fakeClock, NO_FAKETIME } from './support/faketime';
import { migrate } from './support/migrate';
import { openTestDatabase, type TestDatabase } from './support/test-database';

// `npm test`: fresh databases, then jest. What follows `--` goes to jest: npm test -- --selectProjects unit
// TEST_DATABASE_URL: on that server. TEST_DATABASE_ZONE: databases in that zone. TEST_CLOCK_SKEW_S: the database's clock so
// many seconds ahead of the tests', negative for behind.

if (process.env.TEST_DATABASE_URL === undefined) loadEnvironment();
const server = process.env.TEST_DATABASE_URL?.trim();
/** Each of Jest's workers runs one file at a time on a database of its own (tests/support/own-database.ts). */
const workers = Math.min(availableParallelism(), 4);
const databases: TestDatabase[] = [];
const zone = process.env.TEST_DATABASE_ZONE?.trim();
/** The tests' clock is moved, the database's stays: so it works on a server too. */
const skew = Number(process.env.TEST_CLOCK_SKEW_S?.trim() || 0);
let signalled: NodeJS.Signals | undefined;

async function run(): Promise<number> {
  const clock = skew === 0 ? {} : fakeClock(-skew);
  if (!clock) throw new Error(`TEST_CLOCK_SKEW_S: ${NO_FAKETIME}`);
  for (const { url } of databases) await migrate(url);
  // What needs a server is not chosen elsewhere.
  const withoutServer = ['--testPathIgnorePatterns', '/node_modules/', '<rootDir>/tests/integration/server/'];
  const words = process.argv.slice(2);
  // Jest takes one of the two only.
  const pace = words.some((word) => word === '-i' || word === '--runInBand') ? [] : [`--maxWorkers=${workers}`];
  const options = [...pace, ...words, ...(server ? [] : withoutServer)];
  const jest = spawn(process.execPath, [join('node_modules', 'jest', 'bin', 'jest.js'), ...options], {
    stdio: 'inherit',
    env: { ...process.env, ...clock, NODE_ENV: 'test', TEST_DATABASES: databases.map(({ url }) => url).join(' ') },
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
  while (databases.length < workers) databases.push(await openTestDatabase(server, zone));
  process.exitCode = await run();
} catch (error) {
  console.error(databases.length < workers && error instanceof Error ? error.message : error);
  process.exitCode = 1;
} finally {
  await Promise.all(databases.map(({ close }) => close()));
}
if (signalled) process.exitCode = signalled === 'SIGINT' ? 130 : 143;
