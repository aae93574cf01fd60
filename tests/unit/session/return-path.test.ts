import fc from 'fast-check';
import { returnPath, returnUrl } from '@/lib/session/return-path';
import { openRedirects, ownPaths } from '@/tests/support/open-redirects';

const here = 'https://reset.example.com';
/** Where a browser that is on this site goes when it is told so. */
const landsOn = (location: string): string => new URL(location, `${here}/sign-in`).origin;

describe('LOG-5: where signing in may lead', () => {
  test.each(ownPaths)('%j is ours, and is written as %s', (path, canonical) => {
    expect(returnPath(path)).toBe(canonical);
    expect(returnPath(canonical)).toBe(canonical);
    expect(landsOn(canonical)).toBe(here);
  });

  test('the corpus has at least sixty ways past a check', () => {
    expect(new Set(openRedirects).size).toBeGreaterThanOrEqual(60);
  });

  test.each(openRedirects)('%j leads to the account', (path) => {
    expect(returnPath(path)).toBe('/account');
    expect(returnUrl(path, here)).toBe(`${here}/`);
  });

  test.each([
    ['', 'nothing'],
    ['account', 'no path'],
    [undefined, 'missing'],
    [['/account'], 'a list'],
    [`/${'a'.repeat(600)}`, 'too long'],
    [`/${'a'.repeat(100_000)}`, '100 kB'],
    [`/${'中'.repeat(200)}`, 'too long once it is encoded'],
  ] as [unknown, string][])('%#: %j leads to the account', (path) => {
    expect(returnPath(path)).toBe('/account');
  });

  test('whatever comes, the answer is ASCII, stays here, and is its own canonical form', () => {
    const signs = ['/', '\\', '.', '%2e', '%2f', '@', ':', '?', '#', '\t', '\n', '中', 'evil.test', '\ud800', ' '];
    const made = fc.array(fc.constantFrom(...signs), { maxLength: 12 }).map((parts) => `/${parts.join('')}`);
    fc.assert(
      fc.property(fc.oneof(made, fc.string({ unit: 'binary' })), (path) => {
        const found = returnPath(path);
        expect(found).toMatch(/^\/(?![/\\])[\x21-\x7e]*$/);
        expect(landsOn(found)).toBe(here);
        expect(returnPath(found)).toBe(found);
      }),
      { numRuns: 2_000 },
    );
  });

  test('a whole address is taken where it is this site’s own', () => {
    expect(returnUrl(`${here}/account?a=1`, here)).toBe(`${here}/account?a=1`);
    for (const other of [`${here}.evil.test/`, `${here}@evil.test/`, `${here}/.//evil.test`, here])
      expect(returnUrl(other, here)).toBe(`${here}/`);
  });
});
