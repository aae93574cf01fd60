import { returnPath } from '@/lib/session/return-path';

describe('LOG-5: where signing in may lead', () => {
  test.each(['/account', '/admin/users?q=1#top', '/'])('%s is ours', (path) => {
    expect(returnPath(path)).toBe(path);
  });

  test.each([
    '//evil.test',
    '/\\evil.test',
    'https://evil.test',
    'javascript:alert(1)',
    '/\t/evil.test',
    '/\n/evil.test',
    ' /account',
    '',
    'account',
    '/a\\b',
    undefined,
    ['/account'],
    `/${'a'.repeat(600)}`,
  ])('%j leads to the account', (path) => {
    expect(returnPath(path)).toBe('/account');
  });
});
