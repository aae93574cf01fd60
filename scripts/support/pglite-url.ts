/** @param port on 127.0.0.1 @returns the URL under which Prisma, pg and psql find the embedded database */
export const embeddedUrl = (port: number): string =>
  `postgresql://postgres:postgres@127.0.0.1:${port}/postgres?sslmode=disable`;

/** What stands for it while settings are read and it does not run yet. */
export const EMBEDDED_IN_SETTINGS = 'postgresql://127.0.0.1/embedded';
