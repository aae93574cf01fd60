import { type ChildProcess, spawn } from 'node:child_process';
import { DRAIN_MS } from '@/lib/dispatch/drain-time';

/** ms that a server may take to end when it is asked to: its drain (DEL-9), and the exit itself. Then it is ended. */
export const PATIENCE_MS = DRAIN_MS + 5_000;

// Nobody writes to it: its input ends when whoever holds the other end dies, by whatever cause.
const SCRIPT = `
read -r nothing
kill -s TERM -- "-$1" || exit 0
left="$2"
while [ "$left" -gt 0 ] && kill -s 0 -- "-$1"; do sleep 1; left=$((left - 1)); done
kill -s KILL -- "-$1"
exit 0
`;

/**
 * Ends a server's whole process group where this very process dies without a word (SIGKILL, a crash): a shell of a
 * megabyte waits beside the two for that. Windows has neither this shell nor groups: there the server would stay.
 * @param server the leader of its own group
 * @param patienceMs how long it may take to end
 * @returns takes the will back, once the group has ended
 */
export function leaveWill({ pid }: ChildProcess, patienceMs: number): () => void {
  if (pid === undefined || process.platform === 'win32') return () => {};
  // In a session of its own: what ends this process by its terminal or its group must not end the shell with it.
  const shell = spawn('/bin/sh', ['-c', SCRIPT, 'latchkey', String(pid), String(Math.ceil(patienceMs / 1_000))], {
    stdio: ['pipe', 'ignore', 'ignore'],
    detached: true,
  });
  // A machine without a shell has no will; the server serves all the same.
  shell.once('error', () => {});
  shell.unref();
  return () => shell.kill('SIGKILL');
}
