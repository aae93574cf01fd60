import { type ChildProcess, fork } from 'node:child_process';
import { join, resolve } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { readableAddress } from '@/lib/db/address';
import { databaseUrlProblem } from '@/lib/env/database-url';
import { serverlessMark } from '@/lib/env/platform';
import type { EmbeddedReport } from '../embedded-server';
import { dataDirectory } from './data-directory';
import { askGuard } from './guard';
import { readLock } from './lock';
import { SILENT_MS } from './one-session';
import { embeddedUrl } from './pglite-url';
import { Refused } from './refused';

export type OpenDatabase = {
  url: string;
  /** Where migrations go: DATABASE_DIRECT_URL, which leads past a pooler; else the same. */
  direct: string;
  /** True where this process started it, so that it ends with `close`. */
  owned: boolean;
  /** The process of an owned one, to notice its death. */
  child?: ChildProcess;
  close(): Promise<void>;
};

const PATIENCE_MS = 60_000;

/**
 * DATABASE_URL where it is set; else the embedded database that runs already; else a new one.
 * @param environment e.g. process.env
 */
export async function openDatabase(environment: NodeJS.ProcessEnv = process.env): Promise<OpenDatabase> {
  const url = environment.DATABASE_URL?.trim();
  if (url) {
    const address = readableAddress(url);
    return { url: address, direct: directUrl(address, environment), owned: false, close: async () => {} };
  }
  const platform = serverlessMark(environment);
  if (platform) throw new Error(`DATABASE_URL: missing, and ${platform} says that no folder is kept here; set it`);
  const folder = dataDirectory(environment);
  const deadline = Date.now() + PATIENCE_MS;
  while (Date.now() < deadline) {
    const owner = await askGuard(readLock(join(folder, 'postgres.lock')));
    if (owner.kind === 'ready') {
      const found = embeddedUrl(owner.port);
      return { url: found, direct: found, owned: false, close: async () => {} };
    }
    if (owner.kind === 'dead') {
      const started = await startEmbedded(folder);
      if (started) return started;
    }
    await wait(100);
  }
  throw new Error(`The embedded database in ${folder} belongs to a process that does not answer. End that process.`);
}

/** @throws a sentence where one of the two addresses is no PostgreSQL's */
function directUrl(url: string, environment: NodeJS.ProcessEnv): string {
  const direct = readableAddress(environment.DATABASE_DIRECT_URL?.trim() || url);
  for (const [name, value] of Object.entries({ DATABASE_URL: url, DATABASE_DIRECT_URL: direct })) {
    const problem = databaseUrlProblem(value);
    if (problem) throw new Refused(`${name}: ${problem}`);
  }
  return direct;
}

/**
 * @param folder the data directory; without one the database lives in memory
 * @param silentMs how long a connection may hold a transaction open without a word
 * @returns null where another process was faster
 */
export async function startEmbedded(folder = '', silentMs = SILENT_MS): Promise<OpenDatabase | null> {
  const child = fork(resolve('scripts/embedded-server.ts'), [folder, String(silentMs)], {
    execArgv: ['--import', 'tsx'],
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  const report = await new Promise<EmbeddedReport>((done) => {
    child.once('message', (message) => done(message as EmbeddedReport));
    child.once('error', (error) => done({ kind: 'failed', message: error.message }));
    child.once('exit', (code) => done({ kind: 'failed', message: `it ended with ${code}` }));
  });
  if (report.kind === 'taken') return null;
  if (report.kind === 'failed') throw new Error(`The embedded database did not start: ${report.message}`);
  const close = () =>
    new Promise<void>((done) => {
      if (child.exitCode !== null || child.signalCode !== null) return done();
      child.once('exit', () => done());
      if (child.connected) child.disconnect();
    });
  return { url: report.url, direct: report.url, owned: true, child, close };
}
