import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { idsIn, type Requirement } from './requirements';

const FOLDERS = ['lib', 'app', 'components', 'tests', 'docs', 'scripts', 'prisma'];
const WRITTEN = /\.(tsx?|m?js|css|md|sql|prisma)$/;

/** Every file that may cite a requirement or a document. */
const citingFiles = (): string[] => [
  ...readdirSync('.', { encoding: 'utf8' }).filter((file) => WRITTEN.test(file) || file === '.env.example'),
  ...FOLDERS.flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((file) => WRITTEN.test(file))
      .map((file) => join(folder, file)),
  ),
];

/** Documents are named from the top, from docs, or from beside the file that names them. */
const isThere = (file: string, name: string): boolean =>
  ['.', 'docs', join('docs', 'decisions'), dirname(file)].some((folder) => existsSync(join(folder, name)));

/** `docs/admin.md`, `../delivery.md`; a line break written as `\n` is none of it. */
const documentsIn = (text: string): string[] =>
  [...text.replaceAll('\\n', ' ').matchAll(/(?<![\w./:-])(?:[\w.-]+\/)*[\w-]+\.md\b/g)].map(([name]) => name);

/** Ids that are defined nowhere and documents that do not exist, each with a file that cites it. */
export function deadCitations(requirements: readonly Requirement[], files = citingFiles()): string[] {
  const defined = new Set(requirements.map(({ id }) => id));
  return files.flatMap((file) => {
    const text = readFileSync(file, 'utf8');
    const ids = idsIn(text, requirements).filter((id) => !defined.has(id));
    const documents = documentsIn(text).filter((name) => !isThere(file, name));
    return [...new Set([...ids, ...documents])].map((what) => `${file} cites ${what}, which is not there.`);
  });
}
