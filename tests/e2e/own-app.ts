import { freePort } from '../support/free-port';
import { launch, ownDatabase, type Settings, secret } from '../support/standalone';

type Wanted = {
  /** Settings of this app, before the defaults. Nothing else reaches it, the shell's own settings included. */
  env: Settings;
  /** Any free one, unless given. */
  port?: number;
  /** Where the app finds its database, if not at the server itself: a proxy's port on 127.0.0.1. */
  databasePort?: number;
};

export type OwnApp = {
  /** Such as http://localhost:3199 */
  base: string;
  /** Its migrated database, at the server itself. */
  databaseUrl: string;
  /** All that it has written so far, to stdout and stderr. */
  log: () => string;
  /** Bytes that it has in hand. */
  memory: () => number;
  /** Ends it, and drops its database. `log` still answers afterwards, with what it wrote at the end. */
  stop: () => Promise<void>;
};

/**
 * Starts the production build (`npm run build` comes first) with settings and a database of its own, and waits until
 * it is ready. Throws with all that it wrote where it refuses to start.
 */
export async function startApp({ env, port, databasePort }: Wanted): Promise<OwnApp> {
  const database = await ownDatabase();
  try {
    const server = launch(port ?? (await freePort()), {
      DATABASE_URL: databasePort ? database.by(databasePort) : database.url,
      LATCHKEY_KEYS: `e2e:${secret()}`,
      LATCHKEY_PEPPER: secret(),
      ...env,
    });
    await server.ready().catch((error: unknown) => server.end().then(() => Promise.reject(error)));
    const stop = () => server.end().then(database.drop);
    return { base: server.base, databaseUrl: database.url, log: server.log, memory: server.memory, stop };
  } catch (error) {
    await database.drop();
    throw error;
  }
}
