const ENGINES: Readonly<Record<string, string>> = {
  mysql: 'MySQL',
  mariadb: 'MariaDB',
  mongodb: 'MongoDB',
  'mongodb+srv': 'MongoDB',
  sqlserver: 'SQL Server',
  sqlite: 'SQLite',
  file: 'SQLite',
  redis: 'Redis',
  cockroachdb: 'CockroachDB',
  prisma: 'Prisma Accelerate',
  'prisma+postgres': 'Prisma Accelerate',
};

const WANTED = 'give the address of a PostgreSQL: postgresql://user:password@host:5432/latchkey';

/**
 * Whether an address can be PostgreSQL's. The address is not repeated, for it may hold a password.
 * @returns what is wrong and what to do, without the variable's name; null for nothing
 */
export function databaseUrlProblem(url: string): string | null {
  const scheme = /^([a-z][a-z0-9+.-]*):/i.exec(url.trim())?.[1]?.toLowerCase() ?? '';
  if (scheme === 'postgres' || scheme === 'postgresql')
    return /^\w+:\/\//.test(url.trim()) ? null : `not an address; ${WANTED}`;
  const engine = ENGINES[scheme];
  return engine ? `${engine} is another engine; ${WANTED}` : `not an address of PostgreSQL; ${WANTED}`;
}
