import { servedHost } from '@/lib/web/host';
import { siteAt } from './site';

const asked = (host: string | null, forwarded?: string): Headers =>
  new Headers({
    ...(host === null ? {} : { host }),
    ...(forwarded === undefined ? {} : { 'x-forwarded-host': forwarded }),
  });
const reset = siteAt('https://reset.example.com');
const alone = siteAt('https://reset.example.com', { trustedProxies: 0 });
const own = 'reset.example.com';

describe('WEB-7: the host that is served', () => {
  test.each([own, 'RESET.example.COM', `${own}:443`, `${own}.`, `${own}.:443`])('%s is APP_URL’s', (host) => {
    expect(servedHost(asked(host), reset)).toBe(own);
  });

  test.each([
    null,
    '',
    'evil.test',
    `${own}.evil.test`,
    `evil.${own}`,
    `${own}..`,
    `.${own}`,
    '.',
    `${own}.:80`,
    `${own}:443.`,
    `${own}:80`,
    `${own}:8443`,
    `${own}:`,
    `evil.test@${own}`,
    `${own}@evil.test`,
    `${own}/evil`,
    `${own}#x`,
    `${own} evil.test`,
    `${own},evil.test`,
    `evil.test, ${own}`,
    'localhost',
    '127.0.0.1',
    '[::1]',
    '..',
    '[',
    '999.999.999.999',
  ])('%j is refused', (host) => {
    expect(servedHost(asked(host), reset)).toBeNull();
  });

  test('a trusted proxy’s X-Forwarded-Host is as good, a client’s is not', () => {
    expect(servedHost(asked('app:3000', own), reset)).toBe(own);
    expect(servedHost(asked('app:3000', `evil.test, ${own}`), reset)).toBe(own);
    expect(servedHost(asked('app:3000', `${own}, evil.test`), reset)).toBeNull();
    expect(servedHost(asked('app:3000', 'evil.test'), reset)).toBeNull();
    expect(servedHost(asked('app:3000', own), alone)).toBeNull();
    expect(servedHost(asked(own, 'evil.test'), alone)).toBe(own);
    expect(servedHost(asked('app', `${own}, inner`), { ...reset, trustedProxies: 2 })).toBe(own);
  });

  test('another port than the scheme’s own belongs to the name', () => {
    const site = siteAt('https://reset.example.com:8443');
    expect(servedHost(asked(`${own}:8443`), site)).toBe(`${own}:8443`);
    expect(servedHost(asked(own), site)).toBeNull();
  });

  test('a loopback APP_URL answers to this machine’s three names, at its port only', () => {
    const site = siteAt('http://localhost:3000', { trustedProxies: 0 });
    for (const host of ['localhost:3000', '127.0.0.1:3000', '[::1]:3000'])
      expect(servedHost(asked(host), site)).toBe(host);
    for (const host of ['localhost', 'localhost:3001', '127.0.0.2:3000', '192.168.1.5:3000', 'evil.test:3000'])
      expect(servedHost(asked(host), site)).toBeNull();
    expect(servedHost(asked('127.0.0.1'), siteAt('http://localhost'))).toBe('127.0.0.1');
  });

  test('in development every name is served, and nothing that is none', () => {
    const site = siteAt('http://localhost:3000', { production: false });
    expect(servedHost(asked('192.168.1.5:3000'), site)).toBe('192.168.1.5:3000');
    expect(servedHost(asked('a b'), site)).toBeNull();
  });
});
