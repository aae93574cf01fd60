import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { Client } from 'pg';
import type { OwnApp } from './own-app';

/** Someone with an account, made as an operator makes one. A demonstration takes addresses at latchkey.test only. */
export async function person(
  app: Pick<OwnApp, 'databaseUrl'>,
  email: string,
  password: string,
  phone?: string,
): Promise<void> {
  const run = promisify(execFile)(
    process.execPath,
    [
      ...[join('scripts', 'run.js'), 'user', 'create', '--email', email, '--name', 'Somebody'],
      ...['--password-stdin', ...(phone ? ['--phone', phone] : [])],
    ],
    { env: { ...process.env, DATABASE_URL: app.databaseUrl } },
  );
  run.child.stdin?.end(password);
  await run;
}

/**
 * Asks the app's database, beside the app. A TRUNCATE, which the app never does, locks tables in an order of its own: where
 * PostgreSQL ends it for a deadlock it is tried again.
 */
export async function query<Row extends object>(app: OwnApp, sql: string, tries = 3): Promise<Row[]> {
  const client = new Client({ connectionString: app.databaseUrl });
  await client.connect();
  return client
    .query<Row>(sql)
    .then(({ rows }) => rows)
    .catch((error: { code?: string }) => {
      if (error.code !== '40P01' || tries <= 1) throw error;
      return query<Row>(app, sql, tries - 1);
    })
    .finally(() => client.end());
}

/** What rises and falls by itself, or with requests that are allowed to: not what anybody did. */
const restless = ['Counter', 'Transport', 'Tally', 'TallyTotal', 'AuditBatch', '_prisma_migrations'];
/** The same among columns: when somebody was here last; the batch that upkeep seals an event in. */
const restlessColumns: Record<string, string> = { Session: '{lastSeenAt,expiresAt}', AuditEvent: '{batch}' };

/** Changes with any change of any row that somebody caused. */
export async function fingerprint(app: OwnApp): Promise<string> {
  const found = await query<{ name: string }>(
    app,
    `SELECT tablename AS name FROM pg_tables WHERE schemaname = 'public' AND tablename <> ALL ('{${restless}}')`,
  );
  const tables = found
    .map(
      ({ name }) =>
        `SELECT '${name}' || (to_jsonb(t) - '${restlessColumns[name] ?? '{}'}'::text[])::text AS line FROM "${name}" t`,
    )
    .join(' UNION ALL ');
  const [row] = await query<{ md5: string }>(
    app,
    `SELECT md5(string_agg(line, ' ' ORDER BY line)) FROM (${tables}) all_rows`,
  );
  return row?.md5 ?? '';
}

/** The fingerprint, once nothing is being sent any more. */
export async function settled(app: OwnApp): Promise<string> {
  for (let before = await fingerprint(app); ; ) {
    await new Promise((resolve) => setTimeout(resolve, 300));
    const now = await fingerprint(app);
    if (now === before) return now;
    before = now;
  }
}
