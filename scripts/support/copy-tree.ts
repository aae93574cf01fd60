import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

/**
 * Copies the working tree to a new temporary folder: what git tracks or would track, and the generated Prisma client. What
 * it depends on is left out.
 * @param name begins the folder's name @returns the folder
 */
export function copyTree(name: string): string {
  const folder = mkdtempSync(join(tmpdir(), `latchkey-${name}-`));
  const listed = execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], {
    encoding: 'utf8',
  });
  for (const file of listed.split('\0').filter((path) => path && existsSync(path))) {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    cpSync(file, join(folder, file));
  }
  cpSync('generated', join(folder, 'generated'), { recursive: true });
  return folder;
}
