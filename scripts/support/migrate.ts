import { Client } from 'pg';
import { connectionTo } from '@/lib/db/address';
import { databaseProblems } from '@/lib/db/database-problems';
import { whyNot } from '@/lib/db/reachable';
import { applyInTransaction } from './apply-migration';
import { buildIndex } from './build-index';
import { indexBuiltAlone, plainly } from './concurrent-index';
import { settingsNeedMending } from './environment';
import { type Migration, migrationScripts } from './migration-files';
import { appliedNames } from './migration-history';
import { Refused } from './refused';

type Options = {
  /** The migrations, oldest first; those on disk unless given. */
  migrations?: readonly Migration[];
  /** Where a sentence for the operator goes. */
  say?: (sentence: string) => void;
};

const POOLED =
  'This database address leads through a connection pooler. Migrations work through it; set DATABASE_DIRECT_URL to the address of the database itself to have them go past it.';

/**
 * Applies what is not applied yet, in Prisma's own table of what was (UPG-3). Any number of processes may call it at
 * once, directly or through a pooler: each migration commits together with its record, under a lock that ends with its
 * transaction, so that nothing is left half recorded and no lock stays behind (docs/decisions/0046).
 * @param url a postgresql:// URL
 * @throws Refused where migrations would go elsewhere than the application looks, or the certificate is not trusted
 * @returns the names of the migrations that this call applied, oldest first
 */
export async function migrate(url: string, { migrations, say = console.warn }: Options = {}): Promise<string[]> {
  const client = await open(url);
  try {
    const applied = await appliedNames(client);
    const pending = (migrations ?? migrationScripts()).filter(({ name }) => !applied.has(name));
    if (pending.length === 0) return [];
    await refuseAt(url);
    const { embedded, pooled } = await whereItLeads(client);
    if (pooled) say(POOLED);
    const now: string[] = [];
    for (const migration of pending) {
      const index = indexBuiltAlone(migration.sql);
      // The embedded database has one session only, which an open transaction would hold: it builds the index plainly.
      const done =
        index && !embedded
          ? await buildIndex({ worker: client, openGuard: () => open(url), migration, index, pooled })
          : await applyInTransaction(client, index ? { ...migration, sql: plainly(migration.sql) } : migration);
      if (done) now.push(migration.name);
    }
    return now;
  } finally {
    await client.end().catch(() => {});
  }
}

/** @throws Refused where the address leads to a schema or a certificate that the application would not take */
async function refuseAt(url: string): Promise<void> {
  const problems = await databaseProblems(url);
  if (problems.length > 0) throw new Refused(settingsNeedMending(problems));
}

async function open(url: string): Promise<Client> {
  const client = new Client({ ...connectionTo(url), connectionTimeoutMillis: 5_000 });
  // A connection that breaks while nobody waits for it would end the process; the next query tells.
  client.on('error', () => {});
  await client.connect().catch(async (error: unknown) => {
    await refuseAt(url);
    throw new Refused(`The database does not serve: ${whyNot(error)}. Check DATABASE_URL.`, { cause: error });
  });
  return client;
}

/** A pooler hands each client a process number of its own making; the server's own session knows better. */
async function whereItLeads(client: Client): Promise<{ embedded: boolean; pooled: boolean }> {
  const { rows } = await client.query<{ pid: number; version: string }>(
    'SELECT pg_backend_pid() AS pid, version() AS version',
  );
  const embedded = /emscripten/i.test(rows[0]?.version ?? '');
  const told = (client as Client & { processID: number | null }).processID;
  return { embedded, pooled: !embedded && told !== rows[0]?.pid };
}
