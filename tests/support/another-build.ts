import { execFileSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { copyTree } from '@/scripts/support/copy-tree';

export type AnotherBuild = { folder: string; remove(): void };

/**
 * Builds the tree a second time, as another machine would build the same commit: in another folder, with its own
 * node_modules (Turbopack follows no link out of the folder), and without anybody's settings.
 */
export function buildAgain(): AnotherBuild {
  const folder = copyTree('build');
  const remove = () => rmSync(folder, { recursive: true, force: true });
  try {
    execFileSync('cp', ['-R', resolve('node_modules'), join(folder, 'node_modules')]);
    const env = { PATH: process.env.PATH, HOME: process.env.HOME, NODE_ENV: 'production' as const };
    execFileSync(process.execPath, ['scripts/run.js', 'build'], { cwd: folder, env, stdio: 'pipe' });
    return { folder, remove };
  } catch (error) {
    remove();
    throw error;
  }
}
