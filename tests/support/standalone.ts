import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { promisify } from 'node:util';
import { Client } from 'pg';

/** The PostgreSQL server on which each app gets a database of its own. CI brings one; E2E_POSTGRES_URL names another. */
export const postgres = new URL(process.env.E2E_POSTGRES_URL ?? 'postgresql://postgres@127.0.0.1:5432/postgres');

export type Settings = Readonly<Record<string, string>>;

export const secret = (): string => randomBytes(32).toString('base64');
// A shell's EMAIL_HOST_USER must not decide what a test sees.
const machine = (): Record<string, string | undefined> => ({ PATH: process.env.PATH, HOME: process.env.HOME });

export type OwnDatabase = { url: string /** Its URL by a proxy's port on 127.0.0.1. */; by(port: number): string } & {
  drop(): Promise<void>;
};

/** A migrated database of one's own on that server. */
export async function ownDatabase(): Promise<OwnDatabase> {
  const name = `latchkey_e2e_${randomBytes(6).toString('hex')}`;
  const url = Object.assign(new URL(postgres), { pathname: `/${name}` }).href;
  await onServer(`CREATE DATABASE "${name}"`);
  const drop = () => onServer(`DROP DATABASE IF EXISTS "${name}" WITH (FORCE)`);
  try {
    await promisify(execFile)(process.execPath, [join('scripts', 'run.js'), 'migrate'], {
      env: { ...machine(), NODE_ENV: 'production', DATABASE_URL: url },
    });
  } catch (error) {
    await drop();
    throw error;
  }
  const by = (port: number) => Object.assign(new URL(url), { hostname: '127.0.0.1', port: String(port) }).href;
  return { url, by, drop };
}

export async function onServer(statement: string): Promise<void> {
  const client = new Client({ connectionString: postgres.href });
  await client.connect();
  await client.query(statement).finally(() => client.end());
}

export type Standalone = {
  /** Such as http://localhost:3199 */
  base: string;
  /** All that it has written so far, to stdout and stderr. */
  log(): string;
  /** Bytes of memory that it has in hand, as the kernel counts them; Linux only. */
  memory(): number;
  /** Resolves when it answers; throws with all that it wrote where it refuses to start. */
  ready(): Promise<void>;
  /** Its exit code, once it has ended; null where a signal ended it. */
  ended: Promise<number | null>;
  /** SIGTERM, and SIGKILL where that is not heard for 30 s. */
  end(): Promise<void>;
  /** SIGKILL, as a machine that loses its power. */
  kill(): Promise<void>;
};

/**
 * Starts the production build (`npm run build` comes first).
 * @param env its settings; nothing else reaches it
 * @param args what Node runs; the standalone server unless given
 */
export function launch(port: number, env: Settings, args = [join('.next', 'standalone', 'server.js')]): Standalone {
  const base = `http://localhost:${port}`;
  const child = spawn(process.execPath, args, {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      ...machine(),
      NODE_ENV: 'production',
      // As in a container: no name that this machine could bind to.
      HOSTNAME: 'f00ba4f00ba4',
      BIND_ADDRESS: '127.0.0.1',
      PORT: String(port),
      APP_URL: base,
      // The tests say by X-Forwarded-For who they are.
      TRUSTED_PROXIES: '1',
      ...env,
    },
  });
  let written = '';
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => {
      written += text;
    });
  // Not `exit`: what it wrote last is read by then.
  const closed = new Promise<number | null>((resolve) => child.once('close', (code) => resolve(code)));
  const log = () => written;
  const memory = () =>
    1_024 * Number(/^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${child.pid}/status`, 'utf8'))?.[1]);
  const stop = (signal: NodeJS.Signals) => async () => {
    child.kill(signal);
    const late = setTimeout(() => child.kill('SIGKILL'), 30_000);
    await closed;
    clearTimeout(late);
  };
  return {
    base,
    log,
    memory,
    ended: closed,
    ready: () => ready(base, child, log),
    end: stop('SIGTERM'),
    kill: stop('SIGKILL'),
  };
}

async function ready(base: string, child: ChildProcess, log: () => string): Promise<void> {
  for (const started = Date.now(); Date.now() - started < 20_000; await pause(100)) {
    if (child.exitCode !== null) throw new Error(`The app refused to start:\n${log()}`);
    const answer = await fetch(`${base}/api/ready`).catch(() => null);
    if (answer?.status === 200) return;
  }
  throw new Error(`The app was not ready after 20 s:\n${log()}`);
}
