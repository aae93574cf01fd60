import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';

export type AnotherBuild = { folder: string; remove(): void };

/**
 * Builds the tree once more, as another machine of the same commit would: in another folder, with its own copy of what
 * it depends on (Turbopack follows no link out of the folder), and with nobody's settings.
 */
export function buildAgain(): AnotherBuild {
  const folder = mkdtempSync(join(tmpdir(), 'latchkey-build-'));
  const remove = () => rmSync(folder, { recursive: true, force: true });
  try {
    const listed = execFileSync('git', [
      'ls-files',
      '-z',
      '--cached',
      '--others',
      '--exclude-standard',
      '--deduplicate',
    ]);
    for (const file of listed.toString().split('\0').filter(Boolean)) {
      mkdirSync(dirname(join(folder, file)), { recursive: true });
      cpSync(file, join(folder, file));
    }
    cpSync('generated', join(folder, 'generated'), { recursive: true });
    execFileSync('cp', ['-R', resolve('node_modules'), join(folder, 'node_modules')]);
    const env = { PATH: process.env.PATH, HOME: process.env.HOME, NODE_ENV: 'production' as const };
    execFileSync(process.execPath, ['scripts/run.js', 'build'], { cwd: folder, env, stdio: 'pipe' });
    return { folder, remove };
  } catch (error) {
    remove();
    throw error;
  }
}
