import { Client } from 'pg';

export type DatabaseAddress = { host: string; port: number; name: string };

/**
 * Where a URL leads, by the driver's own reading: `?host=` in a query and PGHOST count too. Carries no user or password.
 * @param url a postgresql:// URL @throws where the driver cannot read it
 */
export function databaseAddress(url: string): DatabaseAddress {
  const { host, port, database } = new Client({ connectionString: url });
  return { host, port, name: database ?? '' };
}

/** Whether a database answers on this machine only: the loopback by name or number, or a Unix socket. */
export const onThisMachine = ({ host }: DatabaseAddress): boolean =>
  host.startsWith('/') || ['localhost', '127.0.0.1', '::1'].includes(host);

/** For a sentence: the database "latchkey" on db.example.com:5432. */
export const describeDatabase = ({ host, port, name }: DatabaseAddress): string =>
  `the database "${name}" on ${host.includes(':') ? `[${host}]` : host}:${port}`;
