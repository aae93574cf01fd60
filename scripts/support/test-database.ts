import { randomBytes } from 'node:crypto';
import { Client } from 'pg';
import { startEmbedded } from './embedded';

export type TestDatabase = { url: string; close(): Promise<void> };

/**
 * A database that lives as long as one run of the tests.
 * @param server a postgresql:// URL on this machine, whose role may create databases; without one it is embedded
 */
export async function openTestDatabase(server: string | undefined): Promise<TestDatabase> {
  if (!server) {
    const embedded = await startEmbedded();
    if (!embedded) throw new Error('The embedded database did not start.');
    return { url: embedded.url, close: embedded.close };
  }
  const url = new URL(server);
  if (!['localhost', '127.0.0.1', '[::1]', ''].includes(url.hostname))
    throw new Error('TEST_DATABASE_URL is not on this machine: tests create and drop databases, so they refuse it.');
  const name = `latchkey_test_${randomBytes(6).toString('hex')}`;
  await run(server, `CREATE DATABASE "${name}"`);
  url.pathname = `/${name}`;
  return { url: url.href, close: () => run(server, `DROP DATABASE IF EXISTS "${name}" WITH (FORCE)`) };
}

async function run(url: string, statement: string): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}
