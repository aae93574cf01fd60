import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { securityDocument } from './support/security/document';
import { evidenceOf, problems } from './support/security/evidence';
import { securityTests, testsAgainst } from './support/security/files';
import { holes } from './support/security/holes';
import { type Results, readJest, readPlaywright } from './support/security/results';
import { resultsDocument } from './support/security/results-document';
import { sealed } from './support/security/sealed';

// `npm run security -- list` writes docs/security.md: each requirement, and the titles of the tests that carry its id. It
// runs nothing, and fails on what has no evidence and on what is cited and not there.
// `npm run build && npm run security` also runs every file that it names, and writes how they ended into
// docs/security-results.md. About a quarter of an hour; `-- jest`, `-- browser` or `-- slow` runs one part anew and keeps
// the others' last reports.
// TEST_DATABASE_URL names another PostgreSQL server than postgres@127.0.0.1:5432.

const server = process.env.TEST_DATABASE_URL ?? 'postgresql://postgres@127.0.0.1:5432/postgres';
const evidence = evidenceOf();
const named = evidence.flatMap(({ titles }) => titles.map(({ file }) => file));
const bySeal = sealed.flatMap(({ shownBy }) => shownBy);
const files = [...new Set([...named, ...holes.flatMap(testsAgainst), ...bySeal, ...securityTests()])].sort();
const folder = join('.data', 'security');
const reportOf = (part: Part): string => join(folder, `${part}.json`);

/** A part that failed has its place in the report. */
function run(part: Part, command: string, words: readonly string[], env: Readonly<Record<string, string>>): void {
  console.log(`\n${part}`);
  rmSync(reportOf(part), { force: true });
  const { status } = spawnSync(command, words, { stdio: 'inherit', env: { ...process.env, ...env } });
  if (status !== 0) process.exitCode = 1;
}

const playwright = (part: Part, specs: readonly string[], env: Readonly<Record<string, string>>): void =>
  run(part, 'npx', ['playwright', 'test', '--reporter=list,json', ...specs], {
    PLAYWRIGHT_JSON_OUTPUT_NAME: reportOf(part),
    ...env,
  });

const parts = {
  jest() {
    const tests = files.filter((file) => /\.test\.tsx?$/.test(file));
    const words = ['run', 'test', '--', '--json', `--outputFile=${reportOf('jest')}`, '--runTestsByPath', ...tests];
    run('jest', 'npm', words, { TEST_DATABASE_URL: server });
  },
  browser() {
    const specs = files.filter((file) => file.endsWith('.spec.ts') && !file.includes('/slow/'));
    playwright('browser', specs, {});
  },
  // The second tier is short enough to be run whole.
  slow: () => playwright('slow', [], { SECURITY: '1' }),
} as const;
type Part = keyof typeof parts;

writeFileSync(join('docs', 'security.md'), securityDocument(evidence));
console.log('docs/security.md is written.');
const wrong = problems(evidence);
for (const problem of wrong) console.error(problem);
if (wrong.length > 0) process.exit(1);
const wanted = process.argv.slice(2);
if (wanted.join() === 'list') process.exit(0);
const names = Object.keys(parts) as Part[];
const unknown = wanted.filter((word) => !names.includes(word as Part));
if (unknown.length > 0) {
  console.error(`There is no part "${unknown.join(' ')}". Say which: ${names.join(', ')}.`);
  process.exit(1);
}
mkdirSync(folder, { recursive: true });
for (const name of names) if (wanted.length === 0 || wanted.includes(name)) parts[name]();

const results: Results = new Map();
for (const name of names)
  if (existsSync(reportOf(name))) (name === 'jest' ? readJest : readPlaywright)(reportOf(name), results);
const day = new Date().toISOString().slice(0, 10);
writeFileSync(
  join('docs', 'security-results.md'),
  resultsDocument(files, results, `Last run ${day}, Node ${process.version}, ${cpus().length} cores:`),
);
console.log('\ndocs/security-results.md is written.');
