import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import fc from 'fast-check';
import { loadEnvFiles, readEnvText } from '@/scripts/support/env-files.js';

const read = (text: string) => readEnvText(text, '.env');

describe('CFG-1: .env is read as it is written', () => {
  test.each([
    ['A=pa$$word$1', 'pa$$word$1'],
    ['A=pa$word', 'pa$word'],
    ['A="pa$HOME#x"', 'pa$HOME#x'],
    // biome-ignore lint/suspicious/noTemplateCurlyInString: what dotenv would expand
    ["A='pa${HOME} #x'", 'pa${HOME} #x'],
    ['A=pa#ss', 'pa#ss'],
    ['A=#pass', '#pass'],
    ['A=a\\$b\\n', 'a\\$b\\n'],
    ['A="a\\nb"', 'a\\nb'],
    ['A=a"b', 'a"b'],
    ['A="a', '"a'],
    ['A="a"b"', 'a"b'],
    ['A= a b ', 'a b'],
    ['A=" a b "', ' a b '],
    ['A=`x`', 'x'],
    ['export A=x', 'x'],
    ['  A = x', 'x'],
    ['A=a=b==', 'a=b=='],
    ['A=', ''],
    ['A=""', ''],
    ['\ufeff# a comment\r\n\r\nA=x\r\n', 'x'],
  ])('%j is %j', (text, value) => {
    expect(read(text)).toEqual({ A: value });
  });

  test('any password comes through, bare or in quotes', () => {
    const password = fc.string({ unit: 'grapheme-ascii', minLength: 1 }).filter((text) => text.trim() === text);
    fc.assert(
      fc.property(password, fc.constantFrom('"', "'", '`'), (text, quote) => {
        expect(read(`A=${quote}${text}${quote}`)).toEqual({ A: text });
        if (!/\s#|^(["'`]).*\1$/.test(text)) expect(read(`A=${text}`)).toEqual({ A: text });
      }),
    );
  });

  test.each([
    ['EMAIL_HOST_PASSWORD=secret # my note', 'EMAIL_HOST_PASSWORD'],
    ['EMAIL_HOST_PASSWORD="secret" # my note', 'EMAIL_HOST_PASSWORD'],
    ['EMAIL_PORT= # unset', 'EMAIL_PORT'],
    ['EMAIL_HOST_PASSWORD: secret', 'EMAIL_HOST_PASSWORD'],
    ['EMAIL_HOST_PASSWORD secret', 'EMAIL_HOST_PASSWORD'],
    ['\nEMAIL_HOST_PASSWORD', 'EMAIL_HOST_PASSWORD'],
  ])('%j could be meant in two ways, and is refused by its name', (text, variable) => {
    expect(() => read(text)).toThrow(new RegExp(`^${variable}: .*\\(\\.env, line \\d\\)`));
    expect(() => read(text)).not.toThrow(/secret|note/);
  });

  test('the rest of a value on a second line is refused by its line, and not repeated', () => {
    expect(() => read('KEY="-----BEGIN\nsecretSecret\n-----END"')).toThrow(/^\.env, line 2: cannot be read/);
    expect(() => read('KEY="-----BEGIN\nsecretSecret\n-----END"')).not.toThrow(/secretSecret/);
  });
});

describe('CFG-1: which file counts', () => {
  const folder = mkdtempSync(join(tmpdir(), 'latchkey-env-'));
  afterAll(() => rmSync(folder, { recursive: true }));
  writeFileSync(join(folder, '.env'), 'A=env$\nB=env\nC=env\nD=env\nE=env\n');
  writeFileSync(join(folder, '.env.production'), 'B=production\nC=production\n');
  writeFileSync(join(folder, '.env.local'), 'C=local\n');
  writeFileSync(join(folder, '.env.production.local'), 'D=mine\n');
  const expected = { A: 'env$', B: 'production', C: 'local', D: 'mine', E: 'set already' };

  test('the order is Next’s, and what is set already stays', () => {
    const environment: Record<string, string | undefined> = { E: 'set already' };
    loadEnvFiles(folder, environment, 'production');
    expect(environment).toEqual(expected);
  });

  test('the standalone server reads the .env beside it, and ends with a sentence where it cannot', () => {
    for (const name of ['env-files.js', 'standalone-env.js'])
      cpSync(resolve('scripts/support', name), join(folder, name));
    writeFileSync(join(folder, 'package.json'), '{"type":"module"}');
    writeFileSync(join(folder, 'server.js'), "import './standalone-env.js';\nconsole.log(process.env.A);");
    const run = () =>
      spawnSync(process.execPath, [join(folder, 'server.js')], {
        cwd: '/',
        env: { PATH: process.env.PATH, NODE_ENV: 'production' },
      });
    expect(run()).toMatchObject({ status: 0, stdout: Buffer.from('env$\n') });
    writeFileSync(join(folder, '.env.production'), 'A=x # y\n');
    const { status, stderr } = run();
    expect([status, stderr.toString()]).toEqual([
      1,
      expect.stringMatching(/^Latchkey cannot start .+\n {2}A: ends in a comment/),
    ]);
    writeFileSync(join(folder, '.env.production'), 'B=production\nC=production\n');
  });

  test('Next’s own loader changes nothing afterwards', () => {
    const script = `
      import { loadEnvFiles } from ${JSON.stringify(resolve('scripts/support/env-files.js'))};
      import nextEnv from ${JSON.stringify(resolve('node_modules/@next/env/dist/index.js'))};
      loadEnvFiles(${JSON.stringify(folder)}, process.env, 'production');
      nextEnv.loadEnvConfig(${JSON.stringify(folder)}, false, console, true);
      const { A, B, C, D, E } = process.env;
      console.log(JSON.stringify({ A, B, C, D, E }));`;
    const { stdout } = spawnSync(process.execPath, ['--input-type=module', '-e', script], {
      env: { PATH: process.env.PATH, E: 'set already', NODE_ENV: 'production' },
    });
    expect(JSON.parse(stdout.toString())).toEqual(expected);
  });
});
