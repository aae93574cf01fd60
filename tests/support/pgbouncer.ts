import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { whyUnreachable } from '@/lib/db/reachable';
import { waitFor } from '@/lib/db/wait';
import { freePort } from './free-port';

const PROGRAM = '/usr/sbin/pgbouncer';

/** Debian's package `pgbouncer`. */
export const hasPgBouncer = existsSync(PROGRAM);

export type Pooler = {
  /** The same database by the pooler. */
  by(url: string): string;
  close(): Promise<void>;
};

/**
 * A PgBouncer in transaction mode on a port of its own, in front of a server on this machine.
 * @param server the postgresql:// URL of that server, whose user needs no password
 * @param lines of its [pgbouncer] section, after ours
 */
export async function startPgBouncer(server: string, lines: string[] = []): Promise<Pooler> {
  const { hostname, port, username } = new URL(server);
  const own = await freePort();
  const folder = mkdtempSync(join(tmpdir(), 'latchkey-pooler-'));
  chmodSync(folder, 0o755);
  const user = username || 'postgres';
  writeFileSync(join(folder, 'users.txt'), `"${user}" ""\n`);
  const settings = ['listen_addr=127.0.0.1', `listen_port=${own}`, 'unix_socket_dir=', 'auth_type=trust'];
  const file = join(folder, 'users.txt');
  const pool = ['pool_mode=transaction', 'default_pool_size=4', 'max_client_conn=200', `auth_file=${file}`];
  const databases = `[databases]\n* = host=${hostname} port=${port || 5432}\n`;
  writeFileSync(
    join(folder, 'pgbouncer.ini'),
    `${databases}[pgbouncer]\n${[...settings, ...pool, ...lines].join('\n')}\n`,
  );
  // It refuses to run as root.
  const root = process.getuid?.() === 0;
  const id = (flag: string) => Number(execFileSync('id', [flag, 'postgres'], { encoding: 'utf8' }));
  const child = spawn(PROGRAM, ['-q', join(folder, 'pgbouncer.ini')], {
    stdio: 'ignore',
    ...(root ? { uid: id('-u'), gid: id('-g') } : {}),
  });
  const by = (url: string) => Object.assign(new URL(url), { hostname: '127.0.0.1', port: String(own) }).href;
  const close = async () => {
    if (child.exitCode === null && child.signalCode === null) {
      const ended = once(child, 'exit');
      child.kill('SIGKILL');
      await ended;
    }
    rmSync(folder, { recursive: true, force: true });
  };
  const listens = async () => ((await whyUnreachable(by(server)))?.includes('nothing listens') ? 'not yet' : null);
  if ((await waitFor({ attempt: listens, patienceMs: 10_000, say: () => {} })) !== null) {
    await close();
    throw new Error('PgBouncer did not start.');
  }
  return { by, close };
}
