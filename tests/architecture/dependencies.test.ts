import { readFileSync } from 'node:fs';
import { type Lock, lockProblems } from './lock-problems';
import { floors } from './vulnerable-floors';

const real = JSON.parse(readFileSync('package-lock.json', 'utf8')) as Lock;
const integrity = `sha512-${'a'.repeat(86)}==`;
const lockOf = (packages: Lock['packages']): Lock => ({ packages });
const problems = (packages: Lock['packages']): string[] => lockProblems(lockOf(packages), floors);

test('nothing installed has a published weakness or an unknown origin', () => {
  expect(lockProblems(real, floors)).toEqual([]);
});

test('every floor is of something installed, so that none is forgotten here', () => {
  const installed = Object.entries(real.packages).map(
    ([path, { name }]) => name ?? path.replace(/^.*node_modules\//, ''),
  );
  expect(Object.keys(floors).filter((name) => !installed.includes(name))).toEqual([]);
});

describe('what is refused', () => {
  test.each([
    ['a weak version', 'node_modules/next', '16.2.10', /next is 16\.2\.10, below 16\.3\.3: GHSA-/],
    [
      'a nested one',
      'node_modules/mailparser/node_modules/nodemailer',
      '9.1.0',
      /nodemailer is 9\.1\.0, below 9\.1\.1/,
    ],
    ['one of a later line', 'node_modules/nodemailer', '10.0.0', /below 10\.0\.1/],
    ['one of a line that was never mended', 'node_modules/brace-expansion', '4.0.1', /below 5\.0\.9/],
    ['a pre-release of the mended one', 'node_modules/next', '16.3.3-canary.1', /below 16\.3\.3/],
  ])('%s', (_, path, version, sentence) => {
    expect(problems({ [path]: { version, integrity } })).toEqual([expect.stringMatching(sentence)]);
  });

  test('a weak version under another name', () => {
    expect(problems({ 'node_modules/mailer': { name: 'nodemailer', version: '8.0.0', integrity } })).toHaveLength(1);
  });

  test.each([
    ['another registry', { version: '1.0.0', integrity, resolved: 'https://registry.example/x.tgz' }, /comes from/],
    [
      'a look-alike of the registry',
      { version: '1.0.0', integrity, resolved: 'https://registry.npmjs.org.example/x' },
      /comes/,
    ],
    ['a repository', { version: '1.0.0', integrity, resolved: 'git+ssh://git@github.com/x/y.git#0' }, /comes from/],
    ['a folder', { version: '1.0.0', integrity, link: true }, /is a folder/],
    ['nothing that proves it', { version: '1.0.0' }, /no integrity/],
    ['a binary that nobody wrote by hand', { version: '1.0.0', optional: true, os: ['darwin'] }, /no integrity/],
    ['SHA-1', { version: '1.0.0', integrity: 'sha1-2jmj7l5rSw0yVb/vlWAYkK/YBwk=' }, /no SHA-512/],
  ])('%s', (_, entry, sentence) => {
    expect(problems({ 'node_modules/x': entry })).toEqual([expect.stringMatching(sentence)]);
  });

  test.each(['git+https://example.com/y.git', 'github:x/y', 'x/y', 'file:../y', '../y', 'https://example.com/y.tgz'])(
    'a dependency on %s',
    (spec) => {
      expect(problems({ '': { dependencies: { y: spec } } })).toEqual([expect.stringMatching(/wants y from/)]);
      expect(problems({ 'node_modules/x': { version: '1.0.0', integrity, dependencies: { y: spec } } })).toHaveLength(
        1,
      );
    },
  );

  test('an optional package that the lock lacks', () => {
    const optionalDependencies = { 'x-darwin': '1.0.0' };
    expect(problems({ 'node_modules/x': { version: '1.0.0', integrity, optionalDependencies } })).toHaveLength(1);
  });
});

test.each([
  '^1.2.3',
  '1 - 2',
  '>=1 <2 || 3.x',
  '*',
  '',
  'npm:string-width@^4.2.0',
  'npm:@x/y@1.0.0',
  '~7.1.5',
  'latest',
])('a dependency on %j is the registry’s', (spec) => {
  expect(problems({ '': { dependencies: { y: spec } } })).toEqual([]);
});
