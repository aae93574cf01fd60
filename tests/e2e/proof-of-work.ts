import type { OwnApp } from './own-app';
import { query } from './own-people';

/** So many wrong codes everywhere in this hour, and in the next one too, that strangers are asked for work. */
export async function manyGuess(app: OwnApp): Promise<void> {
  await query(
    app,
    `INSERT INTO "Counter" (key, points, "expiresAt")
     SELECT 'guesses:' || to_char((now() + n * interval '1 hour') AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24'), 300,
       now() + interval '1 day' FROM generate_series(0, 1) n
     ON CONFLICT (key) DO UPDATE SET points = 300`,
  );
}

/** Nobody guesses any more. */
export const allIsCalm = (app: OwnApp): Promise<unknown> => query(app, 'DELETE FROM "Counter"');

/** How many proofs were used, and how many of them unsolved. */
export async function proofsUsed(app: OwnApp): Promise<{ all: number; unsolved: number }> {
  const rows = await query<{ key: string }>(app, `SELECT key FROM "Counter" WHERE key LIKE 'proof%'`);
  return {
    all: rows.filter(({ key }) => key.startsWith('proof:')).length,
    unsolved: rows.filter(({ key }) => key.startsWith('proof-wait:')).length,
  };
}
