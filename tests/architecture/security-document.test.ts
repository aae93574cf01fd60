import { existsSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { securityTests, testsAgainst, testsOf } from '@/scripts/support/security/files';
import { holes } from '@/scripts/support/security/holes';
import { requirements } from '@/scripts/support/security/requirements';
import { sealed } from '@/scripts/support/security/sealed';

// docs/security.md is written by `npm run security`; it must not grow old unnoticed.

const document = readFileSync('docs/security.md', 'utf8');
const own = (files: readonly string[]): string[] => files.filter((file) => file.startsWith('tests/security/'));
const unlinked = (files: readonly string[]): string[] => files.filter((file) => !document.includes(`(../${file})`));

test.each(requirements)('$id has its tests, and the document names them', (requirement) => {
  const files = testsOf(requirement);
  expect(files.filter((file) => !existsSync(file))).toEqual([]);
  expect((requirement.marked ? own(files) : files).length).toBeGreaterThan(0);
  expect(unlinked(files)).toEqual([]);
});

test.each(holes)('against “$says” there is a test, and the document names it', (hole) => {
  const files = testsAgainst(hole);
  expect(files.filter((file) => !existsSync(file))).toEqual([]);
  expect(own(files).length).toBeGreaterThan(0);
  expect(unlinked(files)).toEqual([]);
});

test.each(sealed)('$name has its tests, and the document names them', ({ shownBy }) => {
  expect(shownBy.length).toBeGreaterThan(0);
  expect(shownBy.filter((file) => !existsSync(file))).toEqual([]);
  expect(unlinked(shownBy)).toEqual([]);
});

test('every test of tests/security is in the document, and every file that it names exists', () => {
  expect(unlinked(securityTests())).toEqual([]);
  const named = [...document.matchAll(/\[([^\]]+)\]\(\.\.\/([^)]+)\)/g)];
  expect(named.filter(([, name, file]) => !existsSync(file as string) || basename(file as string) !== name)).toEqual(
    [],
  );
});

test('the last run failed nothing and left nothing out', () => {
  expect(document).toMatch(/\d{3,} passed, 0 failed/);
  expect(document).not.toMatch(/\*\*\d+ failed\*\*|not run/);
});
