import { spawn } from 'node:child_process';
import { readFileSync, realpathSync, rmSync } from 'node:fs';
import { join, relative } from 'node:path';
import { migrate } from '../migrate';
import { openTestDatabase, type TestDatabase } from '../test-database';

/** Ms after which tests that have not ended count as red: a mutant may wait for ever. */
const LONGEST_MS = 120_000;
const WORKERS = 2;

export type Verdict = { green: boolean; tookMs: number };
export type Tests = {
  /** Until the first that is red. */
  run(folder: string, tests: readonly string[]): Promise<Verdict>;
  /** All of them. @returns the files that are red, tried twice: a busy machine makes some late */
  redOf(folder: string, tests: readonly string[]): Promise<string[]>;
  close(): Promise<void>;
};

/**
 * Opens the databases once; each run of tests empties them.
 * @param server as TEST_DATABASE_URL; embedded without one
 * @param files the tests that will run: unit tests need no database
 */
export async function openTests(server: string | undefined, files: readonly string[]): Promise<Tests> {
  const needed = files.every((file) => file.startsWith('tests/unit/')) ? 0 : WORKERS;
  const databases: TestDatabase[] = [];
  const close = async (): Promise<void> => {
    await Promise.all(databases.splice(0).map((one) => one.close()));
  };
  try {
    while (databases.length < needed) databases.push(await openTestDatabase(server));
    for (const { url } of databases) await migrate(url);
  } catch (error) {
    await close();
    throw error;
  }
  const urls = databases.map(({ url }) => url).join(' ');
  return {
    run: (folder, tests) => jest(folder, ['--bail', '--runTestsByPath', ...tests], urls, LONGEST_MS),
    redOf: async (folder, tests) => redOf(folder, await redOf(folder, tests, urls), urls),
    close,
  };
}

async function redOf(folder: string, tests: readonly string[], urls: string): Promise<string[]> {
  if (tests.length === 0) return [];
  const report = join(folder, 'mutants.json');
  rmSync(report, { force: true });
  const words = ['--json', `--outputFile=${report}`, '--runTestsByPath', ...tests];
  await jest(folder, words, urls, LONGEST_MS * 10);
  const { testResults } = JSON.parse(readFileSync(report, 'utf8')) as {
    testResults: { name: string; status: string }[];
  };
  return testResults
    .filter(({ status }) => status !== 'passed')
    .map(({ name }) => relative(realpathSync(folder), name));
}

function jest(folder: string, words: readonly string[], urls: string, longestMs: number): Promise<Verdict> {
  const since = performance.now();
  const command = [join('node_modules', 'jest', 'bin', 'jest.js'), `--maxWorkers=${WORKERS}`, ...words];
  const child = spawn(process.execPath, command, {
    cwd: folder,
    env: { ...process.env, NODE_ENV: 'test', TEST_DATABASES: urls, FORCE_COLOR: '0' },
    stdio: 'ignore',
    // A group of its own, so that a worker which goes round in circles ends with it.
    detached: true,
  });
  const timer = setTimeout(() => {
    if (child.pid) process.kill(-child.pid, 'SIGKILL');
  }, longestMs);
  return new Promise((done) => {
    child.once('close', (code) => {
      clearTimeout(timer);
      done({ green: code === 0, tookMs: performance.now() - since });
    });
  });
}
