import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { sourceHash } from '@/scripts/support/source-hash';

// UPG-2: the key by which action ids are hashed also encrypts what an action closes over or binds. It may come from the
// source, which anyone can know, only while there is no such value.

const sources = ['app', 'components', 'lib'].flatMap((folder) =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((path) => /\.tsx?$/.test(path))
    .map((path) => join(folder, path)),
);

/** Whether the directive stands anywhere but in the first line: then a function closes over what is around it. */
const inline = (text: string): boolean => /['"`]use server['"`]/.test(text.replace(/^['"]use server['"];\n/, ''));
/** Whether a module's actions are more than functions of the module: `bind` would carry a value to the browser. */
const binds = (text: string): boolean => /\.\s*bind\s*\(|\[\s*['"`]bind['"`]\s*\]/.test(text);

describe('UPG-2: no action closes over or binds a value', () => {
  test('there are actions, each in a module of its own kind', () => {
    const modules = sources.filter((path) => /^['"]use server['"];\n/.test(readFileSync(path, 'utf8')));
    expect(modules.length).toBeGreaterThan(8);
  });

  test.each(sources.filter((path) => !path.startsWith('lib/')))('%s', (path) => {
    const text = readFileSync(path, 'utf8');
    expect(inline(text)).toBe(false);
    expect(binds(text)).toBe(false);
  });

  test('no action is defined in lib', () => {
    expect(
      sources.filter((path) => path.startsWith('lib/') && /['"`]use server['"`]/.test(readFileSync(path, 'utf8'))),
    ).toEqual([]);
  });

  test('one that does is found', () => {
    expect(inline(`'use server';\nexport async function a() {}\n`)).toBe(false);
    expect(inline(`export default function Page() {\n  async function act() {\n    'use server';\n  }\n}\n`)).toBe(
      true,
    );
    expect(binds(`<form action={act.bind(null, id)}>`)).toBe(true);
  });
});

test('UPG-2: one source has one key for its ids, whoever hashes it, and another purpose another one', () => {
  expect(sourceHash('.', 'action ids')).toEqual(sourceHash(process.cwd(), 'action ids'));
  expect(sourceHash('.', 'action ids')).toHaveLength(32);
  expect(sourceHash('.', 'action ids')).not.toEqual(sourceHash('.', 'build'));
});
