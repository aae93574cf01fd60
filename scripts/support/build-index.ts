import type { Client } from 'pg';
import { beginLocked, codeOf, failure } from './apply-migration';
import type { Migration } from './migration-files';
import { appliedNames, ensureHistory, forgetUnfinished, recordApplied } from './migration-history';

type Building = {
  worker: Client;
  openGuard(): Promise<Client>;
  migration: Migration;
  /** Its name. */
  index: string;
  /** Through a pooler the session's settings would stay behind for somebody else. */
  pooled: boolean;
};

/**
 * CREATE INDEX CONCURRENTLY, while a transaction of another connection holds the lock of migrations. What an earlier
 * try left behind INVALID is dropped first, for PostgreSQL would take it for the index.
 * @returns false where another process was faster
 */
export async function buildIndex({ worker, openGuard, migration, index, pooled }: Building): Promise<boolean> {
  const guard = await openGuard();
  try {
    await beginLocked(guard);
    await ensureHistory(worker);
    if ((await appliedNames(worker)).has(migration.name)) return false;
    if (!pooled) await worker.query('SET statement_timeout = 0');
    await forgetUnfinished(worker, migration);
    await build(worker, migration, index);
    await recordApplied(worker, migration);
    return true;
  } finally {
    await guard.query('ROLLBACK').catch(() => {});
    await guard.end().catch(() => {});
  }
}

async function build(worker: Client, migration: Migration, index: string): Promise<void> {
  for (let triesLeft = 2; ; triesLeft--) {
    await dropInvalid(worker, index);
    try {
      await worker.query(migration.sql);
      return;
    } catch (error) {
      // A deadlock with a running statement passes; so it is tried once more.
      if (codeOf(error) === '40P01' && triesLeft > 1) continue;
      await dropInvalid(worker, index).catch(() => {});
      throw failure(error, migration);
    }
  }
}

async function dropInvalid(worker: Client, index: string): Promise<void> {
  const { rows } = await worker.query<{ valid: boolean }>(
    `SELECT i.indisvalid AS valid FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid
     WHERE c.relname = $1 AND pg_table_is_visible(c.oid)`,
    [index],
  );
  if (rows[0]?.valid === false) await worker.query(`DROP INDEX CONCURRENTLY IF EXISTS "${index}"`);
}
