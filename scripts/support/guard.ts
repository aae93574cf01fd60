import { connect } from 'node:net';
import type { LockFile } from './lock';

/** What the owner's guard socket answers; `port` is the database's, null while it starts. */
export type Guarded = { token: string; port: number | null };

export type Owner = { kind: 'dead' } | { kind: 'busy' } | { kind: 'starting' } | { kind: 'ready'; port: number };

/** A starting database keeps its process busy for a second or two, in which it answers nobody. */
const PATIENCE_MS = 10_000;

/** Asks the owner named in a lock file whether it lives. */
export async function askGuard(lock: LockFile | null): Promise<Owner> {
  if (!lock) return { kind: 'dead' };
  const answer = await read(lock.port);
  if (answer === 'refused') return { kind: 'dead' };
  // Accepted but silent: the owner is busy, or, where it is gone, a stranger has its port.
  if (answer === 'silent') return alive(lock.pid) ? { kind: 'busy' } : { kind: 'dead' };
  try {
    const { token, port } = JSON.parse(answer) as Guarded;
    if (token !== lock.token) return { kind: 'dead' };
    return port === null ? { kind: 'starting' } : { kind: 'ready', port };
  } catch {
    return { kind: 'dead' };
  }
}

function alive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

function read(port: number): Promise<string> {
  return new Promise((resolve) => {
    let text = '';
    const socket = connect({ port, host: '127.0.0.1', timeout: PATIENCE_MS });
    socket.setEncoding('utf8').on('data', (chunk) => {
      text += chunk;
      if (text.length > 1_000) socket.destroy();
    });
    socket.on('error', () => resolve('refused'));
    socket.on('timeout', () => {
      resolve('silent');
      socket.destroy();
    });
    socket.on('close', () => resolve(text === '' ? 'refused' : text));
  });
}
