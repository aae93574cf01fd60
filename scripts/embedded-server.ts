import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { acquireLock, type Lock } from './support/lock';
import { type Served, servePostgres } from './support/pglite';
import { embeddedUrl } from './support/pglite-url';

// The embedded database, in a process of its own: `embedded-server.ts <data directory> <ms of silence>`. An empty
// directory stands for memory; how long a transaction may be silent has a default.
// It ends with the process that started it (the IPC channel closes), or at SIGTERM, and closes its data first.

export type EmbeddedReport = { kind: 'ready'; url: string } | { kind: 'taken' } | { kind: 'failed'; message: string };

// Everything that PostgreSQL writes here is for its owner's eyes.
process.umask(0o077);
const [dataDirectory, silentMs] = process.argv.slice(2);

let served: Served | undefined;
let lock: Lock | undefined;
let ended = false;

async function end(): Promise<never> {
  await served?.close();
  await lock?.release();
  process.exit(0);
}

function endOnce(): void {
  if (ended) return;
  ended = true;
  void end();
}

const report = (message: EmbeddedReport): void => {
  if (process.connected) process.send?.(message);
};

async function start(): Promise<void> {
  if (dataDirectory) {
    mkdirSync(dataDirectory, { recursive: true });
    const acquired = await acquireLock(join(dataDirectory, 'postgres.lock'));
    if (!acquired) {
      report({ kind: 'taken' });
      return process.disconnect?.();
    }
    lock = acquired;
  }
  served = await servePostgres(
    dataDirectory && join(dataDirectory, 'postgres'),
    silentMs ? Number(silentMs) : undefined,
  );
  lock?.announce(served.port);
  report({ kind: 'ready', url: embeddedUrl(served.port) });
}

// A Ctrl-C or a closed terminal reaches its whole group; this process goes last, when its parent has ended the others.
process.on('SIGINT', () => {}).on('SIGHUP', () => {});
const starting = start().catch(async (error: unknown) => {
  report({ kind: 'failed', message: error instanceof Error ? error.message : String(error) });
  await lock?.release();
  process.exit(1);
});
process.on('SIGTERM', () => void starting.then(endOnce));
process.on('disconnect', () => void starting.then(endOnce));
// Also where it died while this module was loading: nobody heard of that.
if (!process.connected) void starting.then(endOnce);
