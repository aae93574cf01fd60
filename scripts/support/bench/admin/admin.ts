import { randomBytes } from 'node:crypto';
import { cpus } from 'node:os';
import { parseArgs } from 'node:util';
import { Client } from 'pg';
import { createKeyring } from '@/lib/keys/keyring';
import { freePort } from '@/tests/support/free-port';
import { PlainBrowser } from '@/tests/support/plain-browser';
import { launch, type Standalone } from '@/tests/support/standalone';
import { databaseAddress, onThisMachine } from '../../database-address';
import { migrate } from '../../migrate';
import { exports, type Looked, pagesOf, shuffled } from './pages';
import { type Size, seed, sought } from './seed';
import { signInAsAdmin } from './sign-in';

const whole: Size = { users: 1_000_000, deliveries: 10_000_000, events: 10_000_000, counters: 1_000_000 };
/** Times that each page is asked for, and what it aims at, ms. */
const TIMES = 15;
const AIM_MS = 300;
/** How long an export is read, ms, and what it may add to the server's memory, MB. */
const EXPORT_MS = 60_000;
const AIM_MB = 150;

/**
 * Measures how fast the admin pages answer with 1 million people, 10 million deliveries and 10 million audit events,
 * against the build (`npm run build` comes first) on a PostgreSQL server of this machine that BENCH_DATABASE_URL names.
 * @param args `--scale 0.1` for a tenth of the rows; `--keep` leaves the database for the next run
 */
export async function benchAdmin(args: readonly string[]): Promise<void> {
  const options = { scale: { type: 'string', default: '1' }, keep: { type: 'boolean', default: false } } as const;
  const { scale, keep } = parseArgs({ args: [...args], options }).values;
  const server = process.env.BENCH_DATABASE_URL?.trim();
  if (!server || !onThisMachine(databaseAddress(server)))
    throw new Error(
      'Name a PostgreSQL server on this machine: BENCH_DATABASE_URL=postgresql://postgres@127.0.0.1:5432/postgres',
    );
  const size = Object.fromEntries(
    Object.entries(whole).map(([what, rows]) => [what, Math.ceil(rows * Number(scale))]),
  ) as Size;
  const name = `latchkey_bench_admin_${size.deliveries}`;
  const url = Object.assign(new URL(server), { pathname: `/${name}` }).href;
  const secrets = { LATCHKEY_KEYS: `bench:${key('keys')}`, LATCHKEY_PEPPER: key('pepper') };
  await prepare(server, name, url, size, secrets.LATCHKEY_PEPPER);
  const app = launch(await freePort(), { DATABASE_URL: url, LATCHKEY_DEMO: '1', ...secrets });
  const client = await connected(url);
  try {
    await app.ready();
    const browser = new PlainBrowser(app.base);
    await signInAsAdmin(browser, client, url);
    console.log(
      `\nNode ${process.version}, ${cpus().length} cores; PostgreSQL beside it. Rows: ${JSON.stringify(size)}\n`,
    );
    await measurePages(browser, await pagesOf(client, browser));
    await measureExports(app, browser);
  } finally {
    await client.end();
    await app.end();
    if (!keep) await on(server, `DROP DATABASE IF EXISTS "${name}" WITH (FORCE)`);
  }
}

/** 32 bytes, the same with every run: a database that was kept is read with what filled it. */
const key = (of: string): string =>
  Buffer.from(Array.from({ length: 32 }, (_, i) => (i * 37 + of.length * 91 + i * i * 11) % 251)).toString('base64');

async function connected(url: string): Promise<Client> {
  const client = new Client({ connectionString: url });
  await client.connect();
  return client;
}

async function on(server: string, sql: string): Promise<number> {
  const client = await connected(server);
  return client
    .query(sql)
    .then(({ rowCount }) => rowCount ?? 0)
    .finally(() => client.end());
}

async function prepare(server: string, name: string, url: string, size: Size, pepper: string): Promise<void> {
  // One that was kept may be older than the newest migration.
  if ((await on(server, `SELECT FROM pg_database WHERE datname = '${name}'`)) > 0) {
    await migrate(url);
    return;
  }
  const keyring = createKeyring([{ id: 'bench', secret: randomBytes(32) }], Buffer.from(pepper, 'base64'));
  await on(server, `CREATE DATABASE "${name}"`);
  await migrate(url);
  const client = await connected(url);
  const started = Date.now();
  const say = (line: string) => console.log(`${((Date.now() - started) / 1_000).toFixed(0).padStart(5)} s  ${line}`);
  await seed(client, size, keyring.pepperedHash('recipient', sought.email), say).finally(() => client.end());
}

const quantile = (sorted: readonly number[], share: number): number =>
  sorted[Math.ceil(sorted.length * share) - 1] ?? Number.NaN;

async function measurePages(browser: PlainBrowser, pages: readonly Looked[]): Promise<void> {
  const times = new Map<string, number[]>(pages.map(({ what }) => [what, []]));
  const sizes = new Map<string, number>();
  for (let round = 0; round <= TIMES; round += 1)
    for (const { what, path } of shuffled(pages)) {
      const started = performance.now();
      const { status, body } = await browser.get(path);
      const ms = performance.now() - started;
      if (status !== 200) throw new Error(`${path} answered ${status}`);
      // The first round warms up what a server has warm.
      if (round > 0) times.get(what)?.push(ms);
      sizes.set(what, body.length / 1_024);
    }
  console.log(`| page | median | p95 | worst | kB | times better than ${AIM_MS} ms |\n|---|--:|--:|--:|--:|--:|`);
  for (const { what } of pages) {
    const sorted = [...(times.get(what) ?? [])].sort((a, b) => a - b);
    const median = quantile(sorted, 0.5);
    const figures = [median, quantile(sorted, 0.95), sorted.at(-1) ?? 0].map((ms) => `${ms.toFixed(0)} ms`);
    const ratio = `${(AIM_MS / median).toFixed(1)}${median > AIM_MS ? ', missed' : ''}`;
    console.log(`| ${what} | ${figures.join(' | ')} | ${sizes.get(what)?.toFixed(0)} | ${ratio} |`);
  }
}

async function measureExports(app: Standalone, browser: PlainBrowser): Promise<void> {
  console.log(
    `\n| export | rows | rows/s | memory above idle | times better than ${AIM_MB} MB |\n|---|--:|--:|--:|--:|`,
  );
  const cookie = [...browser.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
  for (const { what, path } of exports) {
    const idle = app.memory();
    let most = idle;
    let rows = 0;
    const started = performance.now();
    const stop = new AbortController();
    const answer = await fetch(app.base + path, { headers: { cookie }, signal: stop.signal });
    if (answer.status !== 200 || !answer.body) throw new Error(`${path} answered ${answer.status}`);
    let ended = true;
    for await (const chunk of answer.body) {
      for (const byte of chunk) if (byte === 10) rows += 1;
      most = Math.max(most, app.memory());
      if (performance.now() - started > EXPORT_MS) {
        ended = false;
        break;
      }
    }
    stop.abort();
    const seconds = (performance.now() - started) / 1_000;
    const mb = (most - idle) / 2 ** 20;
    const read = ended ? `${rows}` : `${rows}, cut after ${EXPORT_MS / 1_000} s`;
    console.log(
      `| ${what} | ${read} | ${(rows / seconds).toFixed(0)} | ${mb.toFixed(0)} MB | ${(AIM_MB / mb).toFixed(1)}${mb > AIM_MB ? ', missed' : ''} |`,
    );
  }
}
