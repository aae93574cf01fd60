import { Client } from 'pg';

/** ms that one try may take to connect and to answer. */
const TRY_MS = 5_000;

/** What a refusal means to whoever runs the server. By PostgreSQL's SQLSTATE, or by the operating system's code. */
const words: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'nothing listens at its address',
  ENOTFOUND: 'its host name is unknown',
  EAI_AGAIN: 'its host name cannot be looked up',
  ETIMEDOUT: 'it does not answer',
  EHOSTUNREACH: 'no way leads to its host',
  ENETUNREACH: 'no way leads to its host',
  ECONNRESET: 'it breaks the connection off',
  '28P01': 'it refuses the password',
  '28000': 'it refuses the user',
  '3D000': 'it has no database of that name',
  '53300': 'it has no connection left',
  '57P03': 'it is starting up',
  '42P01': 'its tables are missing: run npm run db:migrate',
  '42703': 'its tables are of an older release: run npm run db:migrate',
  P2021: 'its tables are missing: run npm run db:migrate',
  P2022: 'its tables are of an older release: run npm run db:migrate',
  '25006': 'it is read-only',
  // From ?options=-c%20TimeZone%3DMars in the URL, or from ALTER ROLE or ALTER DATABASE … SET.
  '22023': 'a setting of the connection has an invalid value',
  '42704': 'it does not know a setting of the connection',
};

/**
 * Why a database does not serve, without an address, a user or a password.
 * @param error of pg, or of Prisma, which keeps the code in `meta` or `cause`
 */
export function whyNot(error: unknown): string {
  const text = codeOf(error) ?? '';
  if (words[text]) return words[text];
  const message = error instanceof Error ? error.message : '';
  if (/timeout|timed out/i.test(message)) return words.ETIMEDOUT as string;
  if (/terminated|ended/i.test(message)) return words.ECONNRESET as string;
  if (/no such database/i.test(message)) return words['3D000'] as string;
  if (/does not exist in the current database/.test(message)) return words['42P01'] as string;
  return `it refuses with ${text || (error instanceof Error ? error.name : 'an unknown error')}`;
}

function codeOf(error: unknown): string | undefined {
  if (typeof error !== 'object' || error === null) return undefined;
  const { code, cause, errors, originalCode } = error as Record<'code' | 'cause' | 'errors' | 'originalCode', unknown>;
  if (typeof originalCode === 'string') return originalCode;
  // A name with several addresses fails once for each.
  const inner = Array.isArray(errors) ? errors[0] : cause;
  return codeOf(inner) ?? (typeof code === 'string' ? code : undefined);
}

/**
 * Connects once, past any pool of this process, and asks for nothing.
 * @param url a postgresql:// URL
 * @returns null where the database answers; else why it does not (`whyNot`)
 */
export async function whyUnreachable(url: string): Promise<string | null> {
  const client = new Client({ connectionString: url, connectionTimeoutMillis: TRY_MS, query_timeout: TRY_MS });
  // A connection that breaks while nobody waits for it would end the process.
  client.on('error', () => {});
  try {
    await client.connect();
    await client.query('SELECT 1');
    return null;
  } catch (error) {
    return whyNot(error);
  } finally {
    void client.end().catch(() => {});
  }
}
