import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { freePort } from './free-port';

export type Pooler = { url: string; close(): Promise<void> };

/** Debian puts it where a user's PATH does not look. */
const PATH = `${process.env.PATH}:/usr/sbin`;

export const hasPgbouncer = (): boolean =>
  spawnSync('pgbouncer', ['--version'], { env: { ...process.env, PATH } }).status === 0;

/** A real PgBouncer in transaction mode with two connections, so that clients meet each other's. @param url of a database */
export async function pgbouncer(url: string): Promise<Pooler> {
  const { hostname, port, pathname, username, password } = new URL(url);
  const [own, folder] = [await freePort(), mkdtempSync(join(tmpdir(), 'latchkey-pooler-'))];
  const [settings, people] = [join(folder, 'pgbouncer.ini'), join(folder, 'people')];
  writeFileSync(people, `"${username}" "${password}"\n`);
  const lines = {
    listen_addr: '127.0.0.1',
    listen_port: own,
    unix_socket_dir: '',
    auth_type: 'trust',
    auth_file: people,
    pool_mode: 'transaction',
    default_pool_size: 2,
  };
  const pooler = Object.entries(lines).map(([name, value]) => `${name} = ${value}`);
  writeFileSync(
    settings,
    ['[databases]', `* = host=${hostname} port=${port || 5432}`, '[pgbouncer]', ...pooler, ''].join('\n'),
  );
  // It refuses to run as root, so it becomes a user who owns nothing.
  for (const path of [folder, settings, people]) chmodSync(path, 0o755);
  const asNobody = process.getuid?.() === 0 ? ['-u', 'nobody'] : [];
  const child = spawn('pgbouncer', [...asNobody, settings], {
    stdio: ['ignore', 'ignore', 'pipe'],
    env: { ...process.env, PATH },
  });
  await listens(child, own);
  return {
    url: Object.assign(new URL(url), { hostname: '127.0.0.1', port: String(own), pathname }).href,
    async close() {
      const ended = once(child, 'exit');
      child.kill('SIGTERM');
      const late = setTimeout(() => child.kill('SIGKILL'), 2_000);
      await ended;
      clearTimeout(late);
      rmSync(folder, { recursive: true });
    },
  };
}

async function listens(child: ChildProcess, port: number): Promise<void> {
  let said = '';
  child.stderr?.on('data', (chunk: Buffer) => {
    said += chunk;
  });
  for (let tries = 0; tries < 100; tries += 1) {
    if (child.exitCode !== null) break;
    const socket = connect(port, '127.0.0.1');
    const open = await Promise.race([
      once(socket, 'connect').then(() => true),
      once(socket, 'error').then(() => false),
    ]).catch(() => false);
    socket.destroy();
    if (open) return;
    await pause(50);
  }
  throw new Error(`pgbouncer did not start:\n${said}`);
}
