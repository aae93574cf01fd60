import { execFileSync } from 'node:child_process';
import { setTimeout as wait } from 'node:timers/promises';

type Row = { pid: number; parent: number; state: string };

function table(): Row[] {
  const lines = execFileSync('ps', ['-A', '-o', 'pid=,ppid=,stat='], { encoding: 'utf8' }).trim().split('\n');
  return lines.map((line) => {
    const [pid, parent, state = ''] = line.trim().split(/\s+/);
    return { pid: Number(pid), parent: Number(parent), state };
  });
}

/** @returns the processes that one has started, and those that they have */
export function descendants(of: number | undefined): number[] {
  const rows = table();
  const below = (parent: number): number[] =>
    rows.filter((row) => row.parent === parent).flatMap(({ pid }) => [pid, ...below(pid)]);
  return of === undefined ? [] : below(of);
}

/** Waits until none of them lives. @returns those that still do after `patience` ms */
export async function whoOutlives(pids: number[], patience: number): Promise<number[]> {
  const deadline = Date.now() + patience;
  for (;;) {
    // What has ended and only waits to be collected does nothing any more.
    const left = table().filter(({ pid, state }) => pids.includes(pid) && !state.startsWith('Z'));
    if (left.length === 0 || Date.now() > deadline) return left.map(({ pid }) => pid);
    await wait(200);
  }
}
