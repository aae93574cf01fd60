import { siteVerdict, verdict } from '@/lib/web/gate';
import { siteAt } from './site';

const reset = siteAt('https://reset.example.com');
const own = 'https://reset.example.com';
const asks = (method: string, headers: Record<string, string>, site = reset, path = '/sign-in?next=/account') =>
  verdict({ method, path, headers: new Headers({ host: site.appUrl.host, ...headers }) }, site);
const kindOf = (...asked: Parameters<typeof asks>) => asks(...asked).kind;

describe('WEB-1: who may change something', () => {
  test.each([
    ['the page’s own origin', { origin: own }, 'pass'],
    ['its host with a dot behind it', { origin: `${own}.` }, 'pass'],
    ['its host with two', { origin: `${own}..` }, 'refuse'],
    ['no origin, but the browser says that it is its own', { 'sec-fetch-site': 'same-origin' }, 'pass'],
    ['no origin', {}, 'refuse'],
    ['no origin, another site of the same domain', { 'sec-fetch-site': 'same-site' }, 'refuse'],
    ['no origin, another site', { 'sec-fetch-site': 'cross-site' }, 'refuse'],
    ['no origin, typed by hand', { 'sec-fetch-site': 'none' }, 'refuse'],
    ['null', { origin: 'null' }, 'refuse'],
    ['null that says same-origin', { origin: 'null', 'sec-fetch-site': 'same-origin' }, 'refuse'],
    ['an empty one', { origin: '', 'sec-fetch-site': 'same-origin' }, 'refuse'],
    ['a foreign one', { origin: 'https://evil.test' }, 'refuse'],
    ['a foreign one that says same-origin', { origin: 'https://evil.test', 'sec-fetch-site': 'same-origin' }, 'refuse'],
    ['the same host by http', { origin: 'http://reset.example.com' }, 'refuse'],
    ['the same host at another port', { origin: `${own}:8443` }, 'refuse'],
    ['a longer host', { origin: `${own}.evil.test` }, 'refuse'],
    ['a host below', { origin: 'https://a.reset.example.com' }, 'refuse'],
    ['a path behind it', { origin: `${own}/` }, 'refuse'],
    ['two of them', { origin: `${own}, ${own}` }, 'refuse'],
  ] as const)('%s', (_, headers, kind) => {
    for (const method of ['POST', 'PUT', 'PATCH', 'DELETE', 'post', 'PROPFIND'])
      expect(kindOf(method, headers)).toBe(kind);
    for (const method of ['GET', 'HEAD', 'OPTIONS']) expect(kindOf(method, headers)).toBe('pass');
  });

  test('a refusal is 403 with one sentence', () => {
    expect(asks('POST', { origin: 'null' })).toEqual({
      kind: 'refuse',
      status: 403,
      sentence: expect.stringMatching(/^This was not sent by a page of this site[^.]+\.$/),
    });
  });

  test('where APP_URL is a loopback address, the name in use may post to itself, and no other to it', () => {
    const site = siteAt('http://localhost:3000', { trustedProxies: 0 });
    const at = (host: string, origin: string) => kindOf('POST', { host, origin }, site);
    expect(at('localhost:3000', 'http://localhost:3000')).toBe('pass');
    expect(at('127.0.0.1:3000', 'http://127.0.0.1:3000')).toBe('pass');
    // As Next hands an action on to itself: the page's origin, and this machine's number.
    expect(asks('POST', { host: '127.0.0.1:3000', origin: 'http://localhost:3000' }, site)).toEqual({
      kind: 'pass',
      host: 'localhost:3000',
    });
    expect(at('localhost:3000', 'http://127.0.0.1:3000')).toBe('refuse');
    expect(at('localhost:3000', 'http://localhost:3001')).toBe('refuse');
    expect(at('evil.test:3000', 'http://evil.test:3000')).toBe('refuse');
  });

  test('in development a phone on the same network may post to the name by which it came', () => {
    const site = siteAt('http://localhost:3000', { production: false });
    const host = '192.168.1.5:3000';
    expect(kindOf('POST', { host, origin: `http://${host}` }, site)).toBe('pass');
    expect(kindOf('POST', { host, origin: 'http://evil.test' }, site)).toBe('refuse');
    expect(kindOf('POST', { host, origin: `http://${host}` }, { ...site, production: true })).toBe('refuse');
  });
});

describe('WEB-7: plain http, by the trusted proxy’s word', () => {
  const plain = { 'x-forwarded-proto': 'http' };

  test('GET and HEAD are led to the same page of APP_URL, others are refused', () => {
    for (const method of ['GET', 'HEAD'])
      expect(asks(method, plain)).toEqual({ kind: 'redirect', to: `${own}/sign-in?next=/account` });
    expect(asks('POST', { ...plain, origin: own })).toMatchObject({ kind: 'refuse', status: 403 });
    expect(asks('OPTIONS', plain)).toMatchObject({ kind: 'refuse', status: 403 });
    expect(asks('GET', plain, reset, '//evil.test/')).toEqual({ kind: 'redirect', to: `${own}//evil.test/` });
  });

  test('another host is refused, not redirected', () => {
    expect(asks('GET', { ...plain, host: 'evil.test' })).toMatchObject({ kind: 'refuse', status: 421 });
  });

  test.each([
    ['https', 'pass'],
    ['HTTPS', 'pass'],
    ['http, https', 'pass'],
    ['https, http', 'redirect'],
    ['HTTP', 'redirect'],
    ['', 'pass'],
    ['gopher', 'pass'],
  ])('one proxy that says %j: %s', (word, kind) => {
    expect(kindOf('GET', { 'x-forwarded-proto': word })).toBe(kind);
  });

  test('of two proxies the outer one’s word counts; one that passes it on unchanged will do', () => {
    const site = { ...reset, trustedProxies: 2 };
    expect(kindOf('GET', { 'x-forwarded-proto': 'https, http' }, site)).toBe('pass');
    expect(kindOf('GET', { 'x-forwarded-proto': 'https' }, site)).toBe('pass');
    expect(kindOf('GET', { 'x-forwarded-proto': 'http' }, site)).toBe('redirect');
  });

  test('nobody is sent round in circles: without a word, with no proxy, or with one that misreads', () => {
    expect(kindOf('GET', {})).toBe('pass');
    expect(kindOf('GET', plain, { ...reset, trustedProxies: 0 })).toBe('pass');
    expect(asks('GET', { ...plain, 'sec-fetch-site': 'none' })).toMatchObject({ kind: 'refuse', status: 400 });
  });

  test('a loopback APP_URL and development skip it', () => {
    expect(kindOf('GET', plain, siteAt('http://localhost:3000'))).toBe('pass');
    expect(kindOf('GET', plain, siteAt('https://localhost:3000'))).toBe('pass');
    expect(kindOf('GET', plain, { ...reset, production: false })).toBe('pass');
  });
});

test('WEB-7: a route handler asks for the host and for https, not for an origin; its refusal names the setting', () => {
  const at = (method: string, host: string, proto: string) =>
    siteVerdict({ method, headers: new Headers({ host, 'x-forwarded-proto': proto }), path: '/api/x?y=z' }, reset);
  expect(at('POST', 'reset.example.com', 'https')).toEqual({ kind: 'pass', host: 'reset.example.com' });
  expect(at('GET', 'reset.example.com', 'http')).toEqual({
    kind: 'redirect',
    to: 'https://reset.example.com/api/x?y=z',
  });
  expect(at('POST', 'reset.example.com', 'http')).toMatchObject({ kind: 'refuse', status: 403 });
  expect(at('GET', 'localhost:3000', 'https')).toEqual({
    kind: 'refuse',
    status: 421,
    sentence: expect.stringContaining('APP_URL'),
  });
});
