import { PGlite } from '@electric-sql/pglite';
import { PGLiteSocketServer } from '@electric-sql/pglite-socket';

export type Served = { port: number; close(): Promise<void> };

/**
 * PostgreSQL in this very process, behind a socket on a free port of 127.0.0.1.
 * @param folder where the data lives; without one it lives in memory and ends with `close`
 */
export async function servePostgres(folder?: string): Promise<Served> {
  const db = folder ? await PGlite.create(folder) : await PGlite.create();
  const server = new PGLiteSocketServer({ db, host: '127.0.0.1', port: 0, maxConnections: 100 });
  await server.start();
  const port = Number(server.getServerConn().split(':').pop());
  return {
    port,
    close: async () => {
      await server.stop();
      await db.close();
    },
  };
}
