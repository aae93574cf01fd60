import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

/** Folder, module, and whether a file there may import it. */
const imports = [
  ['lib/otp', '@/lib/delivery/port', 'refused'],
  ['lib/otp', '../delivery/port', 'refused'],
  ['lib/otp', '@/lib/messages/content', 'refused'],
  ['lib/delivery', '@/lib/otp/derive', 'refused'],
  ['lib/delivery/smtp', '@/lib/otp/derive', 'refused'],
  ['lib/messages', '@/lib/otp/derive', 'refused'],
  ['lib/reset', '@/lib/messages/content', 'refused'],
  ['lib/reset', '@/lib/sms-budget/ledger', 'refused'],
  ['lib/reset', '@/lib/dispatch/dispatch', 'refused'],
  ['lib/reset', '@/lib/delivery/smtp/transport', 'refused'],
  ['lib/reset', 'next/headers', 'refused'],
  ['lib/users', '@/app/page', 'refused'],
  ['lib/users', '@/components/ui/card', 'refused'],
  ['lib/users', 'next-auth/jwt', 'refused'],
  ['lib/dispatch', '@/lib/delivery/twilio/transport', 'refused'],
  ['lib/session', '@/lib/delivery/inbox', 'refused'],
  ['components/flow', '@/lib/container', 'refused'],
  ['components/ui', '@/app/actions', 'refused'],
  ['app', '@/lib/db/client', 'refused'],
  ['app', '@/generated/prisma/client', 'refused'],
  ['app', '@/lib/delivery/smtp/transport', 'refused'],
  ['lib/dispatch', '@/lib/delivery/port', 'allowed'],
  ['lib/dispatch', '@/lib/otp/derive', 'allowed'],
  ['lib/reset', '@/lib/otp/derive', 'allowed'],
  ['lib/reset', '@/lib/delivery/port', 'allowed'],
  ['lib/admin/deliveries', '@/lib/delivery/smtp/errors', 'allowed'],
  ['lib/session', 'next/headers', 'allowed'],
  ['components/flow', '@/lib/form-state', 'allowed'],
  ['app', '@/lib/reset/start', 'allowed'],
] as const;

const files: Record<string, string> = Object.fromEntries(
  imports.map(([folder, module], index) => [
    `${folder}/x${index}.ts`,
    `import { x } from '${module}';\nexport const y = x;\n`,
  ]),
);
files['lib/users/reads-env.ts'] = 'export const x = process.env.APP_URL;\n';
files['lib/env/env.ts'] = 'export const x = process.env.APP_URL;\n';
files['lib/users/long.ts'] = 'export let x = 1;\nx += 1;\n'.repeat(101);
files['lib/users/one.ts'] = `import { two } from './two';\nexport const one = () => two;\n`;
files['lib/users/two.ts'] = `import { one } from './one';\nexport const two = () => one;\n`;
files['lib/users/CamelCase.ts'] = 'export const x = 1;\n';
files['lib/users/floats.ts'] =
  'const act = async (): Promise<void> => {};\nexport function go(): void {\n  act();\n}\n';

/** Rules that the project's own configuration reports, by file. */
const reported = new Map<string, string[]>();

beforeAll(() => {
  const folder = mkdtempSync(join(tmpdir(), 'latchkey-directions-'));
  try {
    copyFileSync('biome.json', join(folder, 'biome.json'));
    for (const [path, source] of Object.entries(files)) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), source);
    }
    const biome = join(process.cwd(), 'node_modules/.bin/biome');
    const options = ['lint', '--vcs-enabled=false', '--max-diagnostics=none', '--colors=off', '.'];
    const run = spawnSync(biome, options, { cwd: folder, encoding: 'utf8' });
    for (const [, path, rule] of (run.stdout + run.stderr).matchAll(/^(\S+?\.ts)(?::\d+:\d+)? lint\/\w+\/(\w+)/gm))
      reported.set(path ?? '', [...(reported.get(path ?? '') ?? []), rule ?? '']);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

describe('the directions of imports', () => {
  test.each(imports.map((entry, index) => [...entry, index] as const))(
    '%s → %s is %s',
    (folder, _module, verdict, index) => {
      const rules = reported.get(`${folder}/x${index}.ts`) ?? [];
      expect(rules.includes('noRestrictedImports')).toBe(verdict === 'refused');
    },
  );
});

test.each([
  ['lib/users/reads-env.ts', 'noProcessEnv'],
  ['lib/users/long.ts', 'noExcessiveLinesPerFile'],
  ['lib/users/one.ts', 'noImportCycles'],
  ['lib/users/CamelCase.ts', 'useFilenamingConvention'],
  ['lib/users/floats.ts', 'noFloatingPromises'],
])('%s is refused by %s', (path, rule) => {
  expect(reported.get(path)).toContain(rule);
});

test('lib/env/env.ts reads the environment', () => {
  expect(reported.get('lib/env/env.ts') ?? []).not.toContain('noProcessEnv');
});
