import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { connect } from '@/lib/db/client';
import { databaseProblems } from '@/lib/db/database-problems';
import { command } from '@/tests/support/command';
import { onServer, postgres } from '@/tests/support/standalone';
import { type TlsToPostgres, tlsToPostgres } from '@/tests/support/tls-to-postgres';

// CFG-1: what DATABASE_URL says is obeyed by migrations, client and raw SQL alike, or refused with a sentence.

const name = `latchkey_address_${randomBytes(6).toString('hex')}`;
const role = `${name}_role`;
const url = (query = '', user = 'postgres') =>
  Object.assign(new URL(postgres), { username: user, pathname: `/${name}`, search: query }).href;

beforeAll(async () => {
  await onServer(`CREATE DATABASE "${name}"`);
  await onServer(`CREATE ROLE "${role}" LOGIN`);
  await onServer(`ALTER ROLE "${role}" IN DATABASE "${name}" SET search_path = theirs`);
  await sql(`CREATE SCHEMA app; CREATE SCHEMA theirs AUTHORIZATION "${role}"`);
});
afterAll(async () => {
  await onServer(`DROP DATABASE "${name}" WITH (FORCE)`);
  await onServer(`DROP ROLE "${role}"`);
});

async function sql<T extends object>(text: string): Promise<T[]> {
  const client = new Client({ connectionString: url() });
  await client.connect();
  return client
    .query<T>(text)
    .then(({ rows }) => rows)
    .finally(() => client.end());
}

const tablesOf = async (schema: string): Promise<number> =>
  (await sql<object>(`SELECT FROM pg_tables WHERE schemaname = '${schema}'`)).length;
const migrate = (DATABASE_URL: string) => command(['migrate'], { DATABASE_URL }).ended;

test('CFG-1: a role with a search_path of its own is refused in words, and the words work', async () => {
  for (const args of [['migrate'], ['user', 'list']]) {
    const { code, said } = await command(args, { DATABASE_URL: url('', role) }).ended;
    expect([args, code]).toEqual([args, 1]);
    expect(said).toContain('DATABASE_URL: this role works in the schema "theirs"');
    expect(said).toContain('Add ?schema=theirs');
    expect(said).not.toMatch(/\n\s+at /);
  }
  expect(await migrate(url('?schema=theirs', role))).toMatchObject({
    code: 0,
    said: expect.stringContaining('Applied'),
  });
  expect(await migrate(url('?schema=theirs', role))).toEqual({ code: 0, said: 'Nothing to migrate\n' });
  expect(await tablesOf('public')).toBe(0);
}, 60_000);

test.each([
  ['TimeZone=Mars/Olympus', 'a setting of the connection has an invalid value'],
  ['no_such_setting=1', 'it does not know a setting of the connection'],
])('TIM-1: a database URL with the setting %s is refused with a sentence', async (option, words) => {
  const { code, said } = await migrate(url(`?options=-c%20${encodeURIComponent(option)}`));
  expect(code).toBe(1);
  expect(said).toContain(`The database does not serve: ${words}. Check DATABASE_URL.`);
});

test('CFG-1: ?schema= is obeyed by migrations, client and raw SQL', async () => {
  expect(await migrate(url('?schema=app'))).toMatchObject({ code: 0 });
  expect(await tablesOf('app')).toBeGreaterThan(15);
  expect(await tablesOf('public')).toBe(0);
  const db = connect(url('?schema=app'));
  try {
    const at = new Date();
    await db.user.create({ data: { email: 'ana@latchkey.test', name: 'Ana', emailVerifiedAt: at } });
    expect(await db.$queryRaw`SELECT email FROM "User"`).toEqual([{ email: 'ana@latchkey.test' }]);
    expect(await sql('SELECT email FROM app."User"')).toEqual([{ email: 'ana@latchkey.test' }]);
  } finally {
    await db.$disconnect();
  }
}, 60_000);

test('CFG-1: a schema that is not there, or would hide the accounts in public, is refused in words', async () => {
  expect(await databaseProblems(url('?schema=nowhere'))).toEqual([
    expect.stringMatching(/^DATABASE_URL: there is no schema "nowhere"/),
  ]);
  expect(await migrate(url())).toMatchObject({ code: 0 });
  await sql('CREATE SCHEMA later');
  expect(await databaseProblems(url('?schema=later'))).toEqual([
    expect.stringMatching(/tables stand in the schema "public"/),
  ]);
  for (const query of ['', '?schema=public', '?schema=app']) expect(await databaseProblems(url(query))).toEqual([]);
}, 60_000);

describe('CFG-1: a server with a private certificate', () => {
  let server: TlsToPostgres;
  const folder = mkdtempSync(join(tmpdir(), 'latchkey-ca-'));
  beforeAll(async () => {
    server = await tlsToPostgres();
    writeFileSync(join(folder, 'ca.pem'), server.ca);
  });
  afterAll(() => {
    server.close();
    rmSync(folder, { recursive: true });
  });
  const secured = (query: string, hostname = '127.0.0.1') =>
    Object.assign(new URL(url(`?sslmode=${query}`)), { hostname, port: String(server.port) }).href;

  test('is not trusted, and it is said exactly what to set', async () => {
    const { code, said } = await migrate(secured('require'));
    expect(code).toBe(1);
    expect(said).toContain(
      "DATABASE_URL: the server's certificate comes from an authority that this machine does not know",
    );
    expect(said).toContain('sslrootcert=');
    expect(said).not.toMatch(/\n\s+at /);
    expect(await databaseProblems(secured(`require&sslrootcert=${join(folder, 'ca.pem')}`, 'localhost'))).toEqual([
      expect.stringContaining('is for another name'),
    ]);
  });

  test.each([
    ['require&sslrootcert=', '127.0.0.1'],
    ['no-verify', '127.0.0.1'],
    ['verify-ca&uselibpqcompat=true&sslrootcert=', 'localhost'],
  ])('works with what was said: sslmode=%s', async (query, host) => {
    const address = secured(query.replace('sslrootcert=', `sslrootcert=${join(folder, 'ca.pem')}`), host);
    expect(await databaseProblems(address)).toEqual([]);
    const db = connect(address);
    expect(await db.$queryRaw`SELECT 1 AS one`).toEqual([{ one: 1 }]);
    await db.$disconnect();
  });
});
