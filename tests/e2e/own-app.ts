import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { promisify } from 'node:util';
import { Client } from 'pg';

/** The PostgreSQL server on which each app gets a database of its own. CI brings one; E2E_POSTGRES_URL names another. */
export const postgres = new URL(process.env.E2E_POSTGRES_URL ?? 'postgresql://postgres@127.0.0.1:5432/postgres');

export type Settings = Readonly<Record<string, string>>;

type Wanted = {
  /** Settings of this app, before the defaults. Nothing else reaches it, the shell's own settings included. */
  env: Settings;
  /** Any free one, unless given. */
  port?: number;
  /** Where the app finds its database, if not at the server itself: a proxy's port on 127.0.0.1. */
  databasePort?: number;
};

export type OwnApp = {
  /** Such as http://localhost:3199 */
  base: string;
  /** Its migrated database, at the server itself. */
  databaseUrl: string;
  /** All that it has written so far, to stdout and stderr. */
  log: () => string;
  /** Ends it, and drops its database. `log` still answers afterwards, with what it wrote at the end. */
  stop: () => Promise<void>;
};

const secret = (): string => randomBytes(32).toString('base64');
// A shell's EMAIL_HOST_USER must not decide what a test sees.
const machine = (): Record<string, string | undefined> => ({ PATH: process.env.PATH, HOME: process.env.HOME });

/**
 * Starts the production build (`npm run build` comes first) with settings and a database of its own, and waits until
 * it is ready. Throws with all that it wrote where it refuses to start.
 */
export async function startApp({ env, port, databasePort }: Wanted): Promise<OwnApp> {
  const name = `latchkey_e2e_${randomBytes(6).toString('hex')}`;
  const direct = at(postgres, { pathname: `/${name}` });
  await onServer(`CREATE DATABASE "${name}"`);
  const drop = () => onServer(`DROP DATABASE IF EXISTS "${name}" WITH (FORCE)`);
  try {
    await promisify(execFile)(process.execPath, [join('scripts', 'run.js'), 'migrate'], {
      env: { ...machine(), NODE_ENV: 'production', DATABASE_URL: direct.href },
    });
    const seen = databasePort ? at(direct, { hostname: '127.0.0.1', port: String(databasePort) }) : direct;
    const chosen = port ?? (await freePort());
    const base = `http://localhost:${chosen}`;
    const server = launch({
      PORT: String(chosen),
      APP_URL: base,
      DATABASE_URL: seen.href,
      LATCHKEY_KEYS: `e2e:${secret()}`,
      LATCHKEY_PEPPER: secret(),
      ...env,
    });
    const stop = () => server.end().then(drop);
    await server.ready(base).catch((error: unknown) => server.end().then(() => Promise.reject(error)));
    return { base, databaseUrl: direct.href, log: server.log, stop };
  } catch (error) {
    await drop();
    throw error;
  }
}

function launch(env: Settings) {
  const child = spawn(process.execPath, [join('.next', 'standalone', 'server.js')], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...machine(), NODE_ENV: 'production', HOSTNAME: '127.0.0.1', ...env },
  });
  let written = '';
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => {
      written += text;
    });
  // Not `exit`: what it wrote last is read by then.
  const closed = new Promise<void>((resolve) => child.once('close', () => resolve()));
  const log = () => written;
  return { log, ready: (base: string) => ready(base, child, log), end: () => end(child, closed) };
}

async function ready(base: string, child: ChildProcess, log: () => string): Promise<void> {
  for (const started = Date.now(); Date.now() - started < 20_000; await pause(100)) {
    if (child.exitCode !== null) throw new Error(`The app refused to start:\n${log()}`);
    const answer = await fetch(`${base}/api/ready`).catch(() => null);
    if (answer?.status === 200) return;
  }
  throw new Error(`The app was not ready after 20 s:\n${log()}`);
}

async function end(child: ChildProcess, closed: Promise<void>): Promise<void> {
  child.kill();
  const late = setTimeout(() => child.kill('SIGKILL'), 10_000);
  await closed;
  clearTimeout(late);
}

const at = (url: URL, change: Partial<Pick<URL, 'pathname' | 'hostname' | 'port'>>): URL =>
  Object.assign(new URL(url), change);

async function onServer(statement: string): Promise<void> {
  const client = new Client({ connectionString: postgres.href });
  await client.connect();
  await client.query(statement).finally(() => client.end());
}

/** A port that was free a moment ago. */
function freePort(): Promise<number> {
  const probe = createServer();
  return new Promise((resolve, reject) => {
    probe.once('error', reject).listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => (address && typeof address === 'object' ? resolve(address.port) : reject(address)));
    });
  });
}
