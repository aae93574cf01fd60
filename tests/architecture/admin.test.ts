import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { adminAction, adminPage, adminRoute, isForAdmins } from '@/lib/session/admin';

// ADM-1: nothing under /admin is reached but by lib/session/admin.ts.

const files = readdirSync(join('app', 'admin'), { recursive: true, encoding: 'utf8' });
const METHODS = ['GET', 'HEAD', 'OPTIONS', 'POST', 'PUT', 'PATCH', 'DELETE'];

/** What Next calls from outside: a page, the methods of a route, each function of an actions file. */
const entrances = (file: string, exported: Readonly<Record<string, unknown>>): [string, unknown][] => {
  if (/(^|\/)page\.tsx$/.test(file)) return [['default', exported.default]];
  if (/(^|\/)route\.tsx?$/.test(file))
    return METHODS.filter((name) => name in exported).map((name) => [name, exported[name]]);
  return Object.entries(exported);
};

const isEntrance = (file: string): boolean =>
  /(^|\/)(page\.tsx|route\.tsx?)$/.test(file) ||
  (/\.tsx?$/.test(file) && /^\s*['"]use server['"]/m.test(readFileSync(join('app', 'admin', file), 'utf8')));

const entered = files.filter(isEntrance);

test.each(entered)('app/admin/%s asks who is there', async (file) => {
  const exported = await import(join(process.cwd(), 'app', 'admin', file));
  const found = entrances(file, exported);
  expect(found.length).toBeGreaterThan(0);
  expect(found.filter(([, what]) => !isForAdmins(what)).map(([name]) => name)).toEqual([]);
});

test('no server action hides inside a page or a component of the admin area', () => {
  const hidden = files.filter(
    (file) => /\.tsx$/.test(file) && /['"]use server['"]/.test(readFileSync(join('app', 'admin', file), 'utf8')),
  );
  expect(hidden).toEqual([]);
});

test('there are pages, and what is not wrapped is found', async () => {
  expect(entered).toContain('page.tsx');
  expect(isForAdmins(async () => null)).toBe(false);
  for (const made of [
    adminPage('/admin', async () => null),
    adminAction('/admin', 'harmless', async () => null),
    adminRoute(async () => new Response()),
  ])
    expect(isForAdmins(made)).toBe(true);
});
