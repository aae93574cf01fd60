import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { isGuarded } from '@/app/api/guarded';
import { config } from '@/proxy';

// Every route handler is behind proxy.ts or wrapped in `guarded`, and what changes something is behind proxy.ts.

/** Answers whoever asks, by any name: what watches a server does not know APP_URL (WEB-7). */
const anyHost = ['/api/health', '/api/ready'];
/** May be posted from elsewhere: Twilio's signature is its proof (WEB-1), and what is missing does nothing. */
const anyOrigin = ['/api/webhooks/twilio', '/api/[...unknown]'];

const METHODS = ['GET', 'HEAD', 'OPTIONS', 'POST', 'PUT', 'PATCH', 'DELETE'];
const CHANGING = ['POST', 'PUT', 'PATCH', 'DELETE'];

const behindProxy = (path: string): boolean => config.matcher.some((matcher) => new RegExp(`^${matcher}$`).test(path));

function complaintsAbout(path: string, exported: Readonly<Record<string, unknown>>): string[] {
  if (behindProxy(path)) return [];
  return METHODS.filter((method) => exported[method] !== undefined).flatMap((method) => [
    ...(isGuarded(exported[method]) || anyHost.includes(path) ? [] : [`${method} ${path} is not guarded`]),
    ...(CHANGING.includes(method) && !anyOrigin.includes(path) ? [`${method} ${path} may be posted by any site`] : []),
  ]);
}

const files = readdirSync('app', { recursive: true, encoding: 'utf8' }).filter((file) =>
  /(^|\/)route\.tsx?$/.test(file),
);
/** Folders in parentheses are no part of an address. */
const pathOf = (file: string): string => `/${file.replace(/\/?route\.tsx?$/, '').replace(/\([^)]*\)\//g, '')}`;

test.each(files)('WEB-1, WEB-7: app/%s', async (file) => {
  const path = pathOf(file);
  // next-auth's own modules are no concern here: proxy.ts stands before them.
  const exported = behindProxy(path) ? {} : await import(join(process.cwd(), 'app', file));
  expect(complaintsAbout(path, exported)).toEqual([]);
});

test('there are routes, and next-auth’s is behind proxy.ts', () => {
  expect(files).toContain('api/auth/[...nextauth]/route.ts');
  expect(files.length).toBeGreaterThan(7);
  expect(behindProxy('/api/auth/callback/credentials')).toBe(true);
});

test('a forgotten guard and a forgotten origin are found', () => {
  const handler = () => new Response();
  expect(complaintsAbout('/api/new', { GET: handler, dynamic: 'x' })).toEqual(['GET /api/new is not guarded']);
  expect(complaintsAbout('/api/health', { GET: handler, DELETE: handler })).toEqual([
    'DELETE /api/health may be posted by any site',
  ]);
  expect(complaintsAbout('/dev/inbox/messages', { GET: handler })).toHaveLength(1);
});

test('every page is behind proxy.ts, whatever it is called', () => {
  for (const path of [
    '/',
    '/sign-in',
    '/not-me',
    '/dev/inbox',
    '/api',
    '/apis',
    '/icon.svgs',
    '/x/icon.svg',
    '/_next/data/x',
  ])
    expect([path, behindProxy(path)]).toEqual([path, true]);
});
