import { randomBytes } from 'node:crypto';
import { Client } from 'pg';
import { databaseAddress, onThisMachine } from './database-address';
import { startEmbedded } from './embedded';

export type TestDatabase = { url: string; close(): Promise<void> };

/**
 * A database that lives as long as one run of the tests.
 * @param server a postgresql:// URL on this machine, whose role may create databases; without one it is embedded
 * @param zone such as Europe/Berlin, for sessions that ask for none; UTC where it is left out
 * @throws one sentence for whoever typed the command
 */
export async function openTestDatabase(server: string | undefined, zone = 'UTC'): Promise<TestDatabase> {
  if (!server) {
    const embedded = await startEmbedded();
    if (!embedded) throw new Error('The embedded database did not start.');
    // All of its connections share one session.
    await run(embedded.url, `SET TimeZone TO '${zone}'`);
    return { url: embedded.url, close: embedded.close };
  }
  refuseElsewhere(server);
  const name = `latchkey_test_${randomBytes(6).toString('hex')}`;
  await run(server, `CREATE DATABASE "${name}"`).catch((error: unknown) => {
    throw new Error(`TEST_DATABASE_URL: no database could be made there (${reasonOf(error)}).`);
  });
  const url = new URL(server);
  url.pathname = `/${name}`;
  await run(server, `ALTER DATABASE "${name}" SET TimeZone TO '${zone}'`);
  // It is dropped when the run ends, so no commit needs to wait for the disk.
  await run(server, `ALTER DATABASE "${name}" SET synchronous_commit TO off`);
  return { url: url.href, close: () => run(server, `DROP DATABASE IF EXISTS "${name}" WITH (FORCE)`) };
}

function refuseElsewhere(server: string): void {
  if (!/^postgres(ql)?:\/\//.test(server) || !URL.canParse(server))
    throw new Error('TEST_DATABASE_URL is no postgresql:// URL, as postgresql://postgres@127.0.0.1:5432/postgres');
  if (!onThisMachine(databaseAddress(server)))
    throw new Error('TEST_DATABASE_URL is not on this machine: tests create and drop databases, so they refuse it.');
}

/** A refused connection has no message of its own where a name has several addresses. */
function reasonOf(error: unknown): string {
  const { message, code } = error as NodeJS.ErrnoException;
  return message || code || 'for no known reason';
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
