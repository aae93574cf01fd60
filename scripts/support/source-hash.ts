import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** What a build is made of. A folder may be missing. */
const parts = ['app', 'components', 'lib', 'public', 'prisma', 'proxy.ts', 'instrumentation.ts', 'next.config.ts'];
const more = ['package.json', 'package-lock.json', 'tsconfig.json', 'tailwind.config.ts', 'postcss.config.mjs'];

function filesOf(folder: string, path: string): string[] {
  try {
    const found = readdirSync(join(folder, path), { withFileTypes: true });
    return found.flatMap((entry) => filesOf(folder, `${path}/${entry.name}`));
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOTDIR') return [path];
    if (code === 'ENOENT') return [];
    throw error;
  }
}

/**
 * One hash of all source: the same for every build of a commit, with or without git, whatever machine makes it (UPG-2).
 * @param folder of the project
 * @param purpose keeps two uses apart
 * @returns 32 bytes
 */
export function sourceHash(folder: string, purpose: string): Buffer {
  const hash = createHash('sha256').update(purpose);
  for (const path of [...parts, ...more].flatMap((part) => filesOf(folder, part)).sort()) {
    const content = createHash('sha256')
      .update(readFileSync(join(folder, path)))
      .digest('hex');
    hash.update(`\n${path} ${content}`);
  }
  return hash.digest();
}
