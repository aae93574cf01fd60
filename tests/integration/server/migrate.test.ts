import { randomBytes } from 'node:crypto';
import { Client } from 'pg';
import { migrate } from '@/scripts/support/migrate';
import { migrationScripts } from '@/scripts/support/migration-files';
import { command } from '@/tests/support/command';
import { openLine } from '@/tests/support/line';
import { hasPgBouncer, type Pooler, startPgBouncer } from '@/tests/support/pgbouncer';

// UPG-3: whoever starts, however many at once and whatever died before, the schema becomes this release's once.

const server = process.env.TEST_DATABASE_URL ?? '';
const all = migrationScripts();
let url = '';
let db: Client;

async function on<T>(address: string, task: (client: Client) => Promise<T>): Promise<T> {
  const client = new Client({ connectionString: address });
  await client.connect();
  return task(client).finally(() => client.end());
}

beforeEach(async () => {
  const name = `latchkey_test_${randomBytes(6).toString('hex')}`;
  await on(server, (client) => client.query(`CREATE DATABASE "${name}"`));
  url = Object.assign(new URL(server), { pathname: `/${name}` }).href;
  db = new Client({ connectionString: url });
  await db.connect();
});

afterEach(async () => {
  const name = new URL(url).pathname.slice(1);
  await db.end();
  await on(server, (client) => client.query(`DROP DATABASE "${name}" WITH (FORCE)`));
});

const rowsOf = async (sql: string): Promise<Record<string, unknown>[]> => (await db.query(sql)).rows;
/** How often each migration is recorded as applied, and how many rows say anything else. */
async function recorded() {
  const rows = await rowsOf('SELECT migration_name AS name, finished_at, rolled_back_at FROM _prisma_migrations');
  const applied = rows.filter((row) => row.finished_at && !row.rolled_back_at).map(({ name }) => String(name));
  return { applied: applied.sort(), other: rows.length - applied.length };
}
const names = all.map(({ name }) => name);
const advisoryLocks = () =>
  rowsOf(`SELECT pid FROM pg_locks l JOIN pg_database d ON d.oid = l.database
    WHERE l.locktype = 'advisory' AND d.datname = current_database()`);

/** Six processes, as six instances that are started by one rollout. */
const sixAtOnce = (address: string) =>
  Promise.all(
    Array.from({ length: 6 }, () => command(['migrate'], { DATABASE_URL: address, DATABASE_DIRECT_URL: '' }).ended),
  );

test('UPG-3: six instances that start together migrate once', async () => {
  const ended = await sixAtOnce(url);
  expect(ended.map(({ code }) => code)).toEqual(Array(6).fill(0));
  expect(await recorded()).toEqual({ applied: names, other: 0 });
}, 60_000);

const behindPooler = hasPgBouncer ? describe : describe.skip;

behindPooler('behind PgBouncer in transaction mode', () => {
  let pooler: Pooler;
  beforeEach(async () => {
    pooler = await startPgBouncer(server);
  });
  afterEach(() => pooler.close());

  test('UPG-3: six instances migrate once, say that a pooler is there, and leave no lock behind', async () => {
    const ended = await sixAtOnce(pooler.by(url));
    expect(ended.map(({ code, said }) => (code === 0 ? 0 : said))).toEqual(Array(6).fill(0));
    expect(ended.some(({ said }) => /connection pooler.+DATABASE_DIRECT_URL/.test(said))).toBe(true);
    expect(await recorded()).toEqual({ applied: names, other: 0 });
    expect(await advisoryLocks()).toEqual([]);
  }, 60_000);

  test('UPG-3: DATABASE_DIRECT_URL leads migrations past the pooler, and nothing is said of it', async () => {
    const { said, code } = await command(['migrate'], { DATABASE_URL: pooler.by(url), DATABASE_DIRECT_URL: url }).ended;
    expect(code).toBe(0);
    expect(said).toMatch(/^Applied /);
  });

  test('UPG-3: an index is built through the pooler while the table stays writable', async () => {
    const said: string[] = [];
    expect(await migrate(pooler.by(url), { migrations: [table, index], say: (one) => said.push(one) })).toHaveLength(2);
    expect(said).toEqual([expect.stringContaining('connection pooler')]);
    expect(await validity()).toBe(true);
  });
});

test('UPG-3: nothing pending takes one query and no lock', async () => {
  await migrate(url);
  const { hostname, port } = new URL(server);
  const line = await openLine({ host: hostname, port: Number(port || 5432) });
  try {
    const by = Object.assign(new URL(url), { hostname: '127.0.0.1', port: String(line.port) }).href;
    expect(await migrate(by)).toEqual([]);
    // Simple queries as the protocol writes them.
    expect(line.said().match(/Q\0\0.{2}[A-Z]+ /gs)).toHaveLength(1);
    expect(line.said()).not.toContain('advisory');
  } finally {
    line.close();
  }
});

const table = {
  name: '1_table',
  sql: 'CREATE TABLE "Thing" (id int, name text); INSERT INTO "Thing" VALUES (1, \'a\');',
};
const index = {
  name: '2_index',
  sql: '-- So that names are found.\nCREATE UNIQUE INDEX CONCURRENTLY IF NOT EXISTS "Thing_name" ON "Thing" (name);\n',
};
const slow = {
  name: '2_slow',
  sql: 'CREATE TABLE "Half" (id int); SELECT pg_sleep(20); CREATE TABLE "Other" (id int);',
};
const validity = async () =>
  (await rowsOf(`SELECT indisvalid AS valid FROM pg_index WHERE indexrelid = to_regclass('"Thing_name"')`))[0]?.valid;

/** Waits until a statement that begins so runs in this test's database. @returns its session */
async function sessionThatRuns(statement: string): Promise<number> {
  for (;;) {
    const [row] = await rowsOf(`SELECT pid FROM pg_stat_activity WHERE datname = current_database()
      AND state = 'active' AND pid <> pg_backend_pid() AND query LIKE '${statement}%'`);
    if (row) return Number(row.pid);
  }
}

test('UPG-3: a migration that dies half-way leaves nothing, and the next start applies it', async () => {
  await migrate(url, { migrations: [table] });
  const dying = migrate(url, { migrations: [table, slow] }).catch((error: Error) => error);
  const pid = await sessionThatRuns('CREATE TABLE "Half"');
  await db.query('SELECT pg_terminate_backend($1)', [pid]);
  expect(await dying).toBeInstanceOf(Error);
  expect(await rowsOf(`SELECT 1 WHERE to_regclass('"Half"') IS NOT NULL`)).toEqual([]);
  expect(await recorded()).toEqual({ applied: ['1_table'], other: 0 });
  const quick = { ...slow, sql: slow.sql.replace('20', '0') };
  expect(await migrate(url, { migrations: [table, quick] })).toEqual(['2_slow']);
});

test('UPG-3: what Prisma’s own command left half recorded (P3009), and its lock, stop no later start', async () => {
  await migrate(url, { migrations: all.slice(0, 3) });
  const begun = `INSERT INTO _prisma_migrations (id, checksum, migration_name) VALUES ('x', 'x', '${names[3]}')`;
  await db.query(begun);
  // The lock of Prisma's schema engine, in a session that a pooler keeps.
  await db.query('SELECT pg_advisory_lock(72707369)');
  expect(await migrate(url)).toEqual(names.slice(3));
  expect(await recorded()).toEqual({ applied: names, other: 1 });
  expect(
    await rowsOf('SELECT id FROM _prisma_migrations WHERE finished_at IS NULL AND rolled_back_at IS NULL'),
  ).toEqual([]);
});

test('UPG-3: changes that are there without a record of their end: one message says what to run', async () => {
  await migrate(url, { migrations: [table] });
  await db.query('UPDATE _prisma_migrations SET finished_at = NULL');
  const error = await migrate(url, { migrations: [table] }).catch((one: Error) => one);
  expect(error).toMatchObject({
    message: expect.stringMatching(/begun once and its end was never recorded.+run this/s),
  });
  await db.query(String((error as Error).message.split('\n').at(-1)));
  expect(await migrate(url, { migrations: [table] })).toEqual([]);
});

test('UPG-3: a migration that is wrong says so, keeps nothing and stops none of the earlier ones', async () => {
  const wrong = { name: '2_wrong', sql: 'CREATE TABLE "Half" (id int); SELECT 1/0;' };
  await expect(migrate(url, { migrations: [table, wrong] })).rejects.toThrow(
    /2_wrong failed, and nothing of it was kept/,
  );
  expect(await recorded()).toEqual({ applied: ['1_table'], other: 0 });
  expect(await rowsOf(`SELECT 1 WHERE to_regclass('"Half"') IS NOT NULL`)).toEqual([]);
});

test('UPG-3: a process that waits for its turn does not keep an index from being built', async () => {
  await migrate(url, { migrations: [table] });
  await db.query('BEGIN; UPDATE "Thing" SET name = name');
  const both = [migrate(url, { migrations: [table, index] }), migrate(url, { migrations: [table, index] })];
  const other = new Client({ connectionString: url });
  await other.connect();
  // Both have come as far as they can: one builds and waits for the writer, the other one waits for its turn.
  for (let found = 0; found < 1; )
    found = (
      await other.query(`SELECT 1 FROM pg_stat_activity WHERE datname = current_database()
        AND query LIKE '%INDEX CONCURRENTLY%' AND wait_event_type = 'Lock' AND pid <> pg_backend_pid()`)
    ).rows.length;
  await other.end();
  await db.query('COMMIT');
  expect((await Promise.all(both)).flat()).toEqual(['2_index']);
  expect(await validity()).toBe(true);
  expect(await recorded()).toEqual({ applied: ['1_table', '2_index'], other: 0 });
});

test('UPG-3: an index left behind INVALID is dropped and built again', async () => {
  await migrate(url, { migrations: [table] });
  await db.query(`INSERT INTO "Thing" VALUES (2, 'a')`);
  // Two of one name: PostgreSQL stops at them and leaves what it has built.
  await expect(db.query(index.sql)).rejects.toThrow(/could not create unique index/);
  expect(await validity()).toBe(false);
  await expect(migrate(url, { migrations: [table, index] })).rejects.toThrow(/2_index failed/);
  await db.query(`DELETE FROM "Thing" WHERE id = 2`);
  expect(await migrate(url, { migrations: [table, index] })).toEqual(['2_index']);
  expect(await validity()).toBe(true);
});
