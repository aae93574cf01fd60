import { setTimeout as pause } from 'node:timers/promises';
import type { Client } from 'pg';
import type { Migration } from './migration-files';
import { appliedNames, ensureHistory, forgetUnfinished, recordApplied, recordByHand } from './migration-history';
import { Refused } from './refused';

/** The lock of migrations, by a number of our own: Prisma's own commands leave theirs behind in a pooler. */
const LOCK = 7_245_230_117;
/** ms for which another process may migrate, or running statements may keep a table, before this one gives up. */
const PATIENCE_MS = 10 * 60_000;
const LOOK_AGAIN_MS = 250;

/** PostgreSQL's codes: two statements wait for each other; a table stayed locked for too long. */
const COLLISIONS = ['40P01', '55P03'];
/** A table, column, function, schema or object that is to be made exists already. */
const EXISTS_ALREADY = ['42P07', '42701', '42723', '42P06', '42710'];

/** A migration's own fault. Its message says what happened and what to do; trying again changes nothing. */
export class MigrationFailed extends Refused {
  override name = 'MigrationFailed';
}

export const codeOf = (error: unknown): string => String((error as { code?: unknown }).code ?? '');
const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/**
 * Begins a transaction that has the lock. Looks for it again and again instead of waiting inside a statement: a waiting
 * statement holds a snapshot, and CREATE INDEX CONCURRENTLY of the process that has the lock would wait for it for ever.
 */
export async function beginLocked(client: Client): Promise<void> {
  for (const until = performance.now() + PATIENCE_MS; ; ) {
    await client.query('BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE');
    // LOCAL ends with the transaction: through a pooler the session goes to somebody else then.
    await client.query('SET LOCAL statement_timeout = 0');
    await client.query('SET LOCAL idle_in_transaction_session_timeout = 0');
    await client.query("SET LOCAL lock_timeout = '5s'");
    const { rows } = await client.query(`SELECT pg_try_advisory_xact_lock(${LOCK}) AS alone`);
    if (rows[0]?.alone) return;
    await client.query('ROLLBACK');
    if (performance.now() > until)
      throw new Error('Another process has been migrating this database for ten minutes. Wait for it, or end it.');
    await pause(LOOK_AGAIN_MS);
  }
}

/**
 * One migration and its record, whole or not at all. A process that dies in between leaves nothing behind.
 * @returns false where another process was faster
 */
export async function applyInTransaction(client: Client, migration: Migration): Promise<boolean> {
  for (const until = performance.now() + PATIENCE_MS; ; await pause(LOOK_AGAIN_MS)) {
    let unfinished = false;
    try {
      await beginLocked(client);
      await ensureHistory(client);
      const applied = await appliedNames(client);
      if (!applied.has(migration.name)) {
        unfinished = await forgetUnfinished(client, migration);
        await client.query(migration.sql);
        await recordApplied(client, migration);
      }
      await client.query('COMMIT');
      return !applied.has(migration.name);
    } catch (error) {
      await client.query('ROLLBACK').catch(() => {});
      // Statements of the release that runs were in the way; nothing was changed, so it is tried again.
      if (COLLISIONS.includes(codeOf(error)) && performance.now() < until) continue;
      throw failure(error, migration, unfinished);
    }
  }
}

/** @param unfinished whether another tool once began this migration */
export function failure(error: unknown, { name }: Migration, unfinished = false): unknown {
  // Without PostgreSQL's own code the connection broke, which is no fault of the migration.
  if (!/^(?!08|57P|53)[0-9A-Z]{5}$/.test(codeOf(error))) return error;
  if (unfinished && EXISTS_ALREADY.includes(codeOf(error)))
    return new MigrationFailed(
      `Migration ${name} was begun once and its end was never recorded, and its changes seem to be there (${messageOf(error)}). Compare the database with prisma/migrations/${name}/migration.sql. If all of it is there, run this and start again:\n  ${recordByHand(name)}`,
    );
  return new MigrationFailed(
    `Migration ${name} failed, and nothing of it was kept: ${messageOf(error)}. Mend the cause and start again.`,
  );
}
