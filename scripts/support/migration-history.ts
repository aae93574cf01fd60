import { createHash, randomUUID } from 'node:crypto';
import type { Client } from 'pg';
import type { Migration } from './migration-files';

// Prisma's own table, column by column, so that `prisma migrate status` and `deploy` agree with what was applied here.
const TABLE = `CREATE TABLE IF NOT EXISTS _prisma_migrations (
  id VARCHAR(36) PRIMARY KEY NOT NULL, checksum VARCHAR(64) NOT NULL, finished_at TIMESTAMPTZ,
  migration_name VARCHAR(255) NOT NULL, logs TEXT, rolled_back_at TIMESTAMPTZ,
  started_at TIMESTAMPTZ NOT NULL DEFAULT now(), applied_steps_count INTEGER NOT NULL DEFAULT 0)`;

const UNDEFINED_TABLE = '42P01';
const UNFINISHED = 'finished_at IS NULL AND rolled_back_at IS NULL';

/** @returns the names of what was applied whole. One query, no lock; an empty database has none. */
export async function appliedNames(client: Client): Promise<Set<string>> {
  try {
    const { rows } = await client.query<{ name: string }>(
      'SELECT migration_name AS name FROM _prisma_migrations WHERE finished_at IS NOT NULL AND rolled_back_at IS NULL',
    );
    return new Set(rows.map(({ name }) => name));
  } catch (error) {
    if ((error as { code?: string }).code === UNDEFINED_TABLE) return new Set();
    throw error;
  }
}

export const ensureHistory = (client: Client): Promise<unknown> => client.query(TABLE);

/**
 * Another tool writes down that it begins; where it died, its row stays unfinished. Such a row is no reason to stop:
 * it is marked as rolled back, as `prisma migrate resolve` does, and the migration is tried again.
 * @returns whether there was one
 */
export async function forgetUnfinished(client: Client, { name }: Migration): Promise<boolean> {
  const { rowCount } = await client.query(
    `UPDATE _prisma_migrations SET rolled_back_at = now() WHERE migration_name = $1 AND ${UNFINISHED}`,
    [name],
  );
  return (rowCount ?? 0) > 0;
}

export const recordApplied = (client: Client, { name, sql }: Migration): Promise<unknown> =>
  client.query(
    `INSERT INTO _prisma_migrations (id, checksum, migration_name, started_at, finished_at, applied_steps_count)
     VALUES ($1, $2, $3, now(), clock_timestamp(), 1)`,
    [randomUUID(), createHash('sha256').update(sql).digest('hex'), name],
  );

/** What an operator runs where the changes of an unfinished migration are in the database already. */
export const recordByHand = (name: string): string =>
  `UPDATE _prisma_migrations SET finished_at = now(), applied_steps_count = 1 WHERE migration_name = '${name}' AND ${UNFINISHED};`;
