import { readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Mutant } from '@/tests/mutants/mutant';
import { copyTree } from '../copy-tree';

/** How often a mutant's text occurs in its file. It must be once, or nobody knows what is changed. */
export function occurrences({ file, replace }: Mutant, folder = '.'): number {
  try {
    return readFileSync(join(folder, file), 'utf8').split(replace).length - 1;
  } catch {
    return 0;
  }
}

/** A copy of the working tree, in which code may be broken: the tree itself is never touched. */
export type Copy = { folder: string; broken<T>(mutant: Mutant, run: () => Promise<T>): Promise<T>; remove(): void };

export function copyOfTree(): Copy {
  const folder = copyTree('mutants');
  symlinkSync(resolve('node_modules'), join(folder, 'node_modules'));
  return {
    folder,
    async broken(mutant, run) {
      const file = join(folder, mutant.file);
      const whole = readFileSync(file, 'utf8');
      // By a function: a replacement's own `$` means nothing.
      writeFileSync(
        file,
        whole.replace(mutant.replace, () => mutant.by),
      );
      try {
        return await run();
      } finally {
        writeFileSync(file, whole);
      }
    },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}
