import { randomUUID } from 'node:crypto';
import { linkSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { askGuard, type Guarded } from './guard';

// The embedded database has one owner: two processes on one folder lose data silently. The lock file says who it
// is, and the owner's guard socket says that it lives: the kernel closes it with the process, however that ends,
// and its token tells it from a stranger on the same port. A pid alone proves nothing after a reboot.

export type LockFile = { pid: number; port: number; token: string };
export type Lock = { announce(databasePort: number): void; release(): Promise<void> };

/** A takeover is a matter of milliseconds; one that is older was left by a process that died. */
const TAKEOVER_MS = 10_000;

export function readLock(path: string): LockFile | null {
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as LockFile;
  } catch {
    return null;
  }
}

/** Makes a file with its whole content in one step, so that nobody ever reads half of it. */
function createAtomically(path: string, content: string): boolean {
  const draft = `${path}.${randomUUID()}`;
  writeFileSync(draft, content, { mode: 0o600, flag: 'wx' });
  try {
    linkSync(draft, path);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  } finally {
    rmSync(draft);
  }
}

/** Removes a dead owner's lock. Only one process at a time may judge and remove, or a living lock would go too. */
async function removeStale(path: string): Promise<void> {
  const takeover = `${path}.takeover`;
  if (!createAtomically(takeover, String(process.pid))) {
    const age = Date.now() - (statSync(takeover, { throwIfNoEntry: false })?.mtimeMs ?? Date.now());
    if (age > TAKEOVER_MS) rmSync(takeover, { force: true });
    await wait(50);
    return;
  }
  try {
    if ((await askGuard(readLock(path))).kind === 'dead') rmSync(path, { force: true });
  } finally {
    rmSync(takeover, { force: true });
  }
}

/** @returns null where a living process has it */
export async function acquireLock(path: string): Promise<Lock | null> {
  const token = randomUUID();
  let state: Guarded = { token, port: null };
  const guard = createServer((socket) => socket.on('error', () => {}).end(JSON.stringify(state)));
  const port = await listen(guard);
  const content = JSON.stringify({ pid: process.pid, port, token } satisfies LockFile);
  while (!createAtomically(path, content)) {
    if ((await askGuard(readLock(path))).kind !== 'dead') {
      guard.close();
      return null;
    }
    await removeStale(path);
  }
  return {
    announce: (databasePort) => {
      state = { token, port: databasePort };
    },
    release: async () => {
      if (readLock(path)?.token === token) rmSync(path, { force: true });
      guard.close();
    },
  };
}

function listen(server: Server): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject).listen(0, '127.0.0.1', () => {
      const address = server.address();
      resolve(typeof address === 'object' && address ? address.port : 0);
    });
  });
}
