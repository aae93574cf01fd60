import { readdirSync } from 'node:fs';
import { join } from 'node:path';

/** Where Debian keeps libfaketime, whatever the machine. */
function library(): string | null {
  try {
    const folders = readdirSync('/usr/lib').map((name) => join('/usr/lib', name, 'faketime'));
    for (const folder of [...folders, '/usr/lib/faketime']) {
      const path = join(folder, 'libfaketime.so.1');
      if (entries(folder).includes('libfaketime.so.1')) return path;
    }
  } catch {
    // Not this kind of machine.
  }
  return null;
}

function entries(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

/**
 * Settings with which a process and all that it starts live by another clock. The offset is relative, so that they share
 * it; what measures waits stays, and files keep their dates.
 * @param seconds ahead of this process, negative for behind
 * @returns null where libfaketime is not installed
 */
export function fakeClock(seconds: number): Record<string, string> | null {
  const path = library();
  if (!path) return null;
  const offset = `${seconds < 0 ? '-' : '+'}${Math.abs(Math.round(seconds))}s`;
  return { LD_PRELOAD: path, FAKETIME: offset, FAKETIME_DONT_FAKE_MONOTONIC: '1', NO_FAKE_STAT: '1' };
}

export const NO_FAKETIME = 'faketime is not installed: sudo apt-get install faketime';
