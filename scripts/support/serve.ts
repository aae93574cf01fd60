import { type ChildProcess, spawn } from 'node:child_process';
import { isIPv6 } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import type { OpenDatabase } from './embedded';
import { leaveWill, PATIENCE_MS } from './last-will';

export type Serving = {
  /** What Node runs, and its arguments. */
  args: string[];
  env: NodeJS.ProcessEnv;
  port: number;
  /** The one address on which it listens; all of them without. */
  host?: string | undefined;
  database: OpenDatabase;
  /** ms that the server may take to end. */
  patienceMs?: number;
  /** Called once, when the server answers. */
  onReady(): void;
};

/**
 * Runs the web server until it ends, the database ends or someone asks for the end, then ends whatever is left:
 * the server first, the database last.
 * @returns the exit code: 0 where someone asked for the end
 */
export async function serve(serving: Serving): Promise<number> {
  const { args, env, port, host, database, patienceMs = PATIENCE_MS, onReady } = serving;
  // Listens before there is anything to end, or a signal in between would end this process alone.
  const asked = new Promise<number>((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => resolve(0));
    // npm passes a SIGTERM to its shell, which passes it to nobody: what is left of it is that our parent is gone.
    const parent = process.ppid;
    setInterval(() => process.ppid !== parent && resolve(0), 500).unref();
  });
  // A group of its own: a Ctrl-C comes to this process alone, and the end reaches what the server itself started.
  const server = spawn(process.execPath, args, { env, stdio: ['ignore', 'inherit', 'inherit'], detached: true });
  const takeBackWill = leaveWill(server, patienceMs);
  const ended = new Promise<number>((resolve) => {
    server.once('error', () => resolve(1));
    server.once('exit', (code) => resolve(code ?? 1));
  });
  const databaseEnded = new Promise<number>((resolve) => {
    database.child?.once('exit', () => {
      if (!closing) console.error('The embedded database ended, so the server ends too.');
      resolve(1);
    });
  });
  let closing = false;
  const over = Promise.race([ended, asked, databaseEnded]);
  void announce(`http://${hostOf(host)}:${port}`, over, onReady);
  const code = await over;
  closing = true;
  await endGroup(server, ended, patienceMs);
  takeBackWill();
  await database.close();
  return code;
}

const hostOf = (host: string | undefined): string => (isIPv6(host ?? '') ? `[${host}]` : (host ?? '127.0.0.1'));

async function announce(base: string, over: Promise<unknown>, onReady: () => void): Promise<void> {
  let finished = false;
  void over.then(() => {
    finished = true;
  });
  while (!finished) {
    const answered = await fetch(`${base}/api/health`, { redirect: 'manual' }).catch(() => null);
    if (answered) return onReady();
    await wait(150);
  }
}

async function endGroup(server: ChildProcess, ended: Promise<unknown>, patienceMs: number): Promise<void> {
  signalGroup(server, 'SIGTERM');
  const patience = new AbortController();
  await Promise.race([ended, wait(patienceMs, undefined, { signal: patience.signal }).catch(() => {})]);
  patience.abort();
  // Also where the leader has ended: nothing of its group may stay behind.
  signalGroup(server, 'SIGKILL');
}

function signalGroup({ pid }: ChildProcess, signal: NodeJS.Signals): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, signal);
  } catch {
    // The whole group has ended already.
  }
}
