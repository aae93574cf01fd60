import { type AddressInfo, createServer, type Socket } from 'node:net';
import { PGlite } from '@electric-sql/pglite';
import { oneSession, SILENT_MS } from './one-session';
import { unitsOf } from './wire';

export type Served = { port: number; close(): Promise<void> };

/** Clients keep pools of ten; some processes look at one folder at once. */
const MOST_CONNECTIONS = 100;

/**
 * PostgreSQL in this very process, behind a socket on a free port of 127.0.0.1 (docs/decisions/0039).
 * @param folder where the data lives; without one it lives in memory and ends with `close`
 * @param silentMs how long a connection may hold a transaction open without a word
 */
export async function servePostgres(folder = '', silentMs = SILENT_MS): Promise<Served> {
  const db = folder ? await PGlite.create(folder) : await PGlite.create();
  const sockets = new Map<symbol, Socket>();
  const session = oneSession(db, (connection) => sockets.get(connection)?.destroy(), silentMs);

  let closing = false;

  const server = createServer((socket) => {
    const connection = Symbol('connection');
    const read = unitsOf();
    const answer = (bytes: Uint8Array): void => {
      if (socket.writable) socket.write(Buffer.from(bytes));
    };
    sockets.set(connection, socket);
    socket.setNoDelay(true);
    socket.on('data', (chunk) => {
      try {
        for (const unit of read(chunk)) {
          if (unit.kind === 'end') socket.end();
          else if (unit.kind === 'encryption') answer(Buffer.from('N'));
          else session.run(connection, unit.bytes, answer).catch(() => socket.destroy());
        }
      } catch {
        socket.destroy();
      }
    });
    socket.on('error', () => socket.destroy());
    socket.on('close', () => {
      sockets.delete(connection);
      if (!closing) void session.leave(connection);
    });
  });
  server.maxConnections = MOST_CONNECTIONS;
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });

  return {
    port: (server.address() as AddressInfo).port,
    close: async () => {
      closing = true;
      const closed = new Promise((resolve) => server.close(resolve));
      for (const socket of sockets.values()) socket.destroy();
      await closed;
      await session.settled();
      await db.close();
    },
  };
}
