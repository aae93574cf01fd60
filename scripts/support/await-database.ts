import { createServer, type Server } from 'node:http';
import { whyNot, whyUnreachable } from '@/lib/db/reachable';
import { waitFor } from '@/lib/db/wait';
import { answerWhileWaiting } from '@/lib/server/waiting-room';
import { MigrationFailed } from './apply-migration';
import type { OpenDatabase } from './embedded';
import { migrate } from './migrate';

type Waiting = {
  database: OpenDatabase;
  /** DATABASE_WAIT_SECONDS. */
  patienceSeconds: number;
  port: number;
  /** BIND_ADDRESS; all interfaces without. */
  host: string | undefined;
};

/**
 * Waits for the database and migrates it. While it waits the port answers already, as the server itself does then:
 * `/api/health` 200, everything else 503.
 * @returns the names of the migrations that were applied now
 * @throws a sentence where the time is over, or a migration is wrong
 */
export async function migratedDatabase({ database, patienceSeconds, port, host }: Waiting): Promise<string[]> {
  let room: Server | undefined;
  let applied: string[] = [];
  const attempt = async (): Promise<string | null> => {
    try {
      const reason = (await whyUnreachable(database.direct)) ?? (await whyUnreachable(database.url));
      if (reason !== null) return reason;
      applied = await migrate(database.direct);
      return null;
    } catch (error) {
      if (error instanceof MigrationFailed) throw error;
      return whyNot(error);
    }
  };
  const say = (reason: string) => {
    console.error(`The database does not serve: ${reason}. Trying again for ${patienceSeconds} s.`);
    room ??= openRoom(port, host);
  };
  try {
    const reason = await waitFor({ attempt, patienceMs: patienceSeconds * 1_000, say });
    if (reason !== null)
      throw new Error(`The database did not serve within ${patienceSeconds} s: ${reason}. Check DATABASE_URL.`);
    return applied;
  } finally {
    await close(room);
  }
}

function openRoom(port: number, host: string | undefined): Server {
  const server = createServer((request, response) => {
    if (answerWhileWaiting(request, response)) return;
    response.writeHead(200, { 'Content-Type': 'application/json', 'Cache-Control': 'no-store', Connection: 'close' });
    response.end(JSON.stringify({ status: 'ok' }));
  });
  // Without the port it waits all the same; the server itself will tell that it is taken.
  return server.on('error', () => {}).listen(port, host);
}

/** The port is free when this returns: the server takes it next. */
async function close(server: Server | undefined): Promise<void> {
  if (!server?.listening) return;
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
}
