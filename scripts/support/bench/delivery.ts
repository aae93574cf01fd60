import { fork } from 'node:child_process';
import { cpus, loadavg } from 'node:os';
import { resolve } from 'node:path';
import { migrate } from '../migrate';
import { openTestDatabase } from '../test-database';
import { tableOf } from './aims';
import type { Measured } from './engine';

/** Measures the engine on the embedded database and, where BENCH_DATABASE_URL names one, on a PostgreSQL server. */
export async function benchDelivery(): Promise<void> {
  const server = process.env.BENCH_DATABASE_URL?.trim() || process.env.TEST_DATABASE_URL?.trim();
  console.log(`Node ${process.version}, ${cpus().length} cores (${cpus()[0]?.model.trim() ?? 'unknown'})\n`);
  await benchOn('embedded', undefined);
  if (server) await benchOn('postgresql', server);
  else console.log('PostgreSQL: not measured, BENCH_DATABASE_URL names no server.');
}

async function benchOn(kind: 'embedded' | 'postgresql', server: string | undefined): Promise<void> {
  const database = await openTestDatabase(server);
  try {
    await migrate(database.url);
    const measured = await measure(database.url);
    // Beside a busy machine's numbers stands that it was busy.
    console.log(`Load of the last minute: ${loadavg()[0]?.toFixed(1)}\n\n${tableOf(kind, measured)}`);
  } finally {
    await database.close();
  }
}

/** In a process of its own: its memory is the engine's, and no earlier measurement's. */
function measure(url: string): Promise<Measured> {
  // Where its time goes, as files for a browser's developer tools.
  const profiles = process.env.BENCH_CPU_PROFILES?.trim();
  const child = fork(resolve('scripts/support/bench/engine.ts'), [], {
    execArgv: ['--import', 'tsx', ...(profiles ? ['--cpu-prof', `--cpu-prof-dir=${profiles}`] : [])],
    env: { ...process.env, NODE_ENV: 'production', DATABASE_URL: url },
  });
  return new Promise((done, fail) => {
    let measured: Measured | undefined;
    child.once('message', (message) => {
      measured = message as Measured;
    });
    child.once('error', fail);
    child.once('exit', (code) => (measured ? done(measured) : fail(new Error(`The measured process ended: ${code}`))));
  });
}
