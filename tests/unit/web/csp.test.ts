import { CLOSED_POLICY, pagePolicy } from '@/lib/web/csp';
import { fixedHeaders } from '@/lib/web/fixed-headers';

const plain = { nonce: 'AAAAAAAAAAAAAAAAAAAAAA==', inlineStyles: false, development: false };
const directives = (policy: string) =>
  Object.fromEntries(policy.split('; ').map((directive) => [directive.split(' ')[0], directive.split(' ').slice(1)]));

describe('WEB-4: a page’s policy', () => {
  test('in production nothing inline, nothing evaluated, no host', () => {
    const policy = pagePolicy(plain);
    expect(directives(policy)).toEqual({
      'default-src': ["'self'"],
      'script-src': [`'nonce-${plain.nonce}'`, "'strict-dynamic'"],
      'style-src': ["'self'"],
      'img-src': ["'self'", 'data:'],
      'connect-src': ["'self'"],
      'worker-src': ["'self'"],
      'object-src': ["'none'"],
      'base-uri': ["'none'"],
      'form-action': ["'self'"],
      'frame-ancestors': ["'none'"],
    });
  });

  test('the inbox may have inline styles, and no scripts for it', () => {
    const { 'style-src': styles, ...rest } = directives(pagePolicy({ ...plain, inlineStyles: true }));
    expect(styles).toEqual(["'self'", "'unsafe-inline'"]);
    const { 'style-src': _, ...others } = directives(pagePolicy(plain));
    expect(rest).toEqual(others);
  });

  test('development may evaluate, and has still no inline script', () => {
    const policy = directives(pagePolicy({ ...plain, development: true }));
    expect(policy['script-src']).toEqual([`'nonce-${plain.nonce}'`, "'strict-dynamic'", "'unsafe-eval'"]);
    expect(policy['connect-src']).toEqual(["'self'", 'ws:', 'wss:']);
  });
});

describe('WEB-3: the fixed headers', () => {
  test('their names are in lower case, or a route’s own would stand beside them', () => {
    for (const { headers } of fixedHeaders) for (const { key } of headers) expect(key).toBe(key.toLowerCase());
  });

  test('what is no page is closed', () => {
    const all = fixedHeaders.find(({ source }) => source === '/:path*');
    expect(all?.headers).toContainEqual({ key: 'content-security-policy', value: CLOSED_POLICY });
  });

  test.each([
    ['https', true],
    ['http, https', true],
    ['http', false],
    ['https, http', false],
    ['httpsx', false],
  ])('HSTS where the proxy says %s: %s', (word, there) => {
    const [condition] = fixedHeaders.find(({ headers }) => headers[0]?.key === 'strict-transport-security')?.has ?? [];
    expect(new RegExp(`^${condition?.value}$`).test(word)).toBe(there);
  });
});
