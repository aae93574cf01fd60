import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { loadEnvironment } from './support/environment';
import { sourceHash } from './support/source-hash';

// `npm run build`: needs no settings, no database and no network. The result runs by `npm start`, or anywhere
// by copying .next/standalone.

loadEnvironment(false);
// The ids of actions are hashed with this key, so two builds of one commit take each other's forms (UPG-2). It needs no
// secrecy while no action closes over or binds a value: tests/architecture/actions.test.ts proves that.
process.env.NEXT_SERVER_ACTIONS_ENCRYPTION_KEY ||= sourceHash(resolve('.'), 'action ids').toString('base64');

function run(...args: string[]): void {
  const env = { ...process.env, NODE_ENV: 'production' as const, NEXT_TELEMETRY_DISABLED: '1' };
  const { status } = spawnSync(process.execPath, args, { stdio: 'inherit', env });
  if (status !== 0) process.exit(status ?? 1);
}

/** Next's server binds to HOSTNAME, which Docker sets to the container's id. Ours binds to BIND_ADDRESS, else everywhere. */
function bindByOurOwnSetting(file: string): void {
  const written = readFileSync(file, 'utf8');
  const next = "process.env.HOSTNAME || '0.0.0.0'";
  if (written.split(next).length !== 2) throw new Error(`${file} binds in a way that this build does not know.`);
  writeFileSync(file, written.replace(next, 'process.env.BIND_ADDRESS?.trim() || undefined'));
}

if (!existsSync(join('generated', 'prisma', 'client.ts'))) {
  run(join('node_modules', 'prisma', 'build', 'index.js'), 'generate');
}
run(join('node_modules', 'next', 'dist', 'bin', 'next'), 'build');

const standalone = join('.next', 'standalone');
if (existsSync(standalone)) {
  // Next leaves these out, meant for a CDN; without one the server needs them beside it.
  cpSync(join('.next', 'static'), join(standalone, '.next', 'static'), { recursive: true });
  if (existsSync('public')) cpSync('public', join(standalone, 'public'), { recursive: true });
  bindByOurOwnSetting(join(standalone, 'server.js'));
  // Next copies .env into its output; a build that is handed on carries nobody's secrets.
  for (const name of readdirSync(standalone)) {
    if (name === '.env' || name.startsWith('.env.')) rmSync(join(standalone, name));
  }
  // Whoever runs the server by itself gives it an .env of its own, which is read as it is written too.
  for (const name of ['env-files.js', 'standalone-env.js'])
    cpSync(join('scripts', 'support', name), join(standalone, name));
  const server = join(standalone, 'server.js');
  writeFileSync(server, `import './standalone-env.js';\n${readFileSync(server, 'utf8')}`);
}
