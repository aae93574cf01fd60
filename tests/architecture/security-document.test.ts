import { existsSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { deadCitations } from '@/scripts/support/security/citations';
import { securityDocument } from '@/scripts/support/security/document';
import { evidenceOf, problems } from '@/scripts/support/security/evidence';
import { testsAgainst } from '@/scripts/support/security/files';
import { holes } from '@/scripts/support/security/holes';
import { idsIn, readRequirements } from '@/scripts/support/security/requirements';
import { sealed } from '@/scripts/support/security/sealed';
import { titlesIn } from '@/scripts/support/security/titles';

// docs/security.md is written by `npm run security -- list`: evidence is a title that carries the id.

const line = (id: string, status: string) => `- **${id}** (${status}) It is so.`;

test('every requirement that holds has a test, and everything that is cited is there', () => {
  expect(problems()).toEqual([]);
});

test('docs/security.md is the list of now: `npm run security -- list` writes it', () => {
  expect(readFileSync('docs/security.md', 'utf8')).toBe(securityDocument(evidenceOf()));
});

test.each(holes)('against “$says” there is a test', (hole) => {
  expect(testsAgainst(hole).filter(existsSync).length).toBeGreaterThan(0);
});

test.each(sealed)('$name has its tests', ({ shownBy }) => {
  expect(shownBy.length).toBeGreaterThan(0);
  expect(shownBy.filter((file) => !existsSync(file))).toEqual([]);
});

test('the last run of all of them failed nothing', () => {
  expect(readFileSync('docs/security-results.md', 'utf8')).toMatch(/\d{3,} passed, 0 failed/);
});

describe('what the check finds', () => {
  const two = readRequirements([line('GEN-1', 'holds'), line('GEN-2', 'planned')].join('\n'));
  const of = (title: string) => evidenceOf(two, [{ file: 'tests/a.test.ts', titles: [title, 'it is so'] }]);

  test('a requirement that holds without a title; a planned one needs none', () => {
    const bare = 'GEN-1 holds, and no test’s title carries it.';
    expect(problems(of('GEN-2: codes are derived'))).toContain(bare);
    expect(problems(of('GEN-1: codes are uniform'))).not.toContain(bare);
    expect(problems(of('something else'))).toContain(bare);
  });

  test('an id and a document that are not there, in code, tests and documents alike', () => {
    // Put together here, or this very file would cite them.
    const [id, name] = [['GEN', '9'].join('-'), ['missing', 'md'].join('.')];
    const file = join(mkdtempSync(join(tmpdir(), 'latchkey-')), 'citations.ts');
    writeFileSync(file, `// ${id}, docs/${name}, docs/admin.md, admin.md, SHA-256, GEN-1\n`);
    expect(deadCitations(two, [file])).toEqual([
      `${file} cites ${id}, which is not there.`,
      `${file} cites docs/${name}, which is not there.`,
    ]);
  });

  test('titles of describes, tests and tables, and none of what stands in a string or a comment', () => {
    const source = [
      "describe(\"GEN-1: a\", () => { test(`b`, run); it.only('it\\'s', () => { [')'] }); }); test('x', run);",
      "test.each([['(', 1]])('c %s', run); test.each`a | b`('d', run);",
      "test.describe('e', () => {}); expect(regex.test('no')); const s = \"test('no')\"; test(name, run);",
      "test(\n  'f',\n  run);",
    ].join('\n');
    expect(titlesIn(source)).toEqual([
      ['GEN-1: a', 'b'],
      ['GEN-1: a', "it's"],
      ...['x', 'c %s', 'd', 'f'].map((title) => [title]),
    ]);
  });

  test('a line that is no requirement, and an id that is defined twice', () => {
    expect(() => readRequirements(line('GEN-1', 'nearly'))).toThrow('no requirement');
    expect(() => readRequirements(`${line('GEN-1', 'holds')}\n${line('GEN-1', 'holds')}`)).toThrow('twice');
    expect(idsIn('GEN-1, GEN-2 and SHA-256', two)).toEqual(['GEN-1', 'GEN-2']);
  });
});
