import { readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Client } from 'pg';

/** One statement of a release, with the types that PostgreSQL found for its parameters. */
export type ReleaseStatement = { sql: string; types: string[] };

/** One statement a line, so that a comparison of two releases can be read. */
export const FIXTURE = resolve('tests/previous-release/statements.jsonl');

export const readStatements = (file = FIXTURE): ReleaseStatement[] =>
  readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as ReleaseStatement);

export const writeStatements = (statements: readonly ReleaseStatement[], file: string): void =>
  writeFileSync(file, `${statements.map((one) => JSON.stringify(one)).join('\n')}\n`);

/** What tests do to a database and no release does. */
const OF_TESTS = /^(?!SELECT|INSERT|UPDATE|DELETE|WITH)|\bpg_(?!advisory)|information_schema|_prisma_migrations/i;

/** Lists of parameters differ in their length alone. */
const shapeOf = (sql: string): string =>
  sql
    .replace(/\$\d+/g, '$')
    .replace(/\(\s*\$(?:\s*,\s*\$)+\s*\)/g, '($)')
    .replace(/(\((?:[^()]|\([^()]*\))*\))(?:\s*,\s*\1)+/g, '$1')
    .replace(/\s+/g, ' ');

/** @returns the shortest of each shape, in order */
export function distinct(statements: Iterable<string>): string[] {
  const found = new Map<string, string>();
  for (const each of statements) {
    const sql = each.replace(/\s+/g, ' ').trim();
    if (OF_TESTS.test(sql)) continue;
    const shape = shapeOf(sql);
    const known = found.get(shape);
    if (!known || sql.length < known.length) found.set(shape, sql);
  }
  return [...found.values()].sort();
}

/**
 * Has PostgreSQL parse and analyze a statement: every table, column, function and type in it must be there.
 * @returns the types of its parameters, or why it cannot be run
 */
export async function prepare(client: Client, sql: string): Promise<{ types: string[] } | { problem: string }> {
  try {
    await client.query(`PREPARE release AS ${sql}`);
    const { rows } = await client.query<{ types: string[] }>(
      "SELECT parameter_types::text[] AS types FROM pg_prepared_statements WHERE name = 'release'",
    );
    await client.query('DEALLOCATE release');
    return { types: rows[0]?.types ?? [] };
  } catch (error) {
    return { problem: error instanceof Error ? error.message : String(error) };
  }
}
