import { existsSync } from 'node:fs';
import { join, relative } from 'node:path';
import { parseEnv } from '@/lib/env/env';
import { migratedDatabase } from './support/await-database';
import { banner } from './support/banner';
import { dataDirectory } from './support/data-directory';
import { openDatabase } from './support/embedded';
import { loadEnvironment, settingsNeedMending } from './support/environment';
import { EMBEDDED_IN_SETTINGS } from './support/pglite-url';
import { portInUse, wantedPort } from './support/port';
import { seedDemo } from './support/seeding';
import { serve } from './support/serve';

// `npm start`: the built application, with real settings. Nothing is made up here: what is missing is named.

const STANDALONE = join('.next', 'standalone', 'server.js');

async function start(): Promise<number> {
  loadEnvironment(false);
  const env: NodeJS.ProcessEnv = { ...process.env, NODE_ENV: 'production', NEXT_TELEMETRY_DISABLED: '1' };
  const port = wantedPort(env);
  const embedded = !env.DATABASE_URL?.trim();
  const settings = parseEnv(embedded ? { ...env, DATABASE_URL: EMBEDDED_IN_SETTINGS } : env);
  if (!settings.ok) throw new Error(settingsNeedMending(settings.problems));
  if (!existsSync(join('.next', 'BUILD_ID'))) throw new Error('There is no build yet. Make it: npm run build');
  const host = settings.env.BIND_ADDRESS;
  if (await portInUse(port, host))
    throw new Error(`Port ${port} is in use. Stop what uses it, or set PORT to another.`);
  const database = await openDatabase(env);
  try {
    const patienceSeconds = settings.env.DATABASE_WAIT_SECONDS;
    const applied = await migratedDatabase({ database, patienceSeconds, port, host });
    if (applied.length > 0) console.log(`Applied ${applied.join(', ')}`);
    const demo = settings.env.LATCHKEY_DEMO ? await seedDemo(database.url, env) : null;
    const storage = embedded ? relative('.', dataDirectory(env)) || '.' : 'DATABASE_URL';
    const url = settings.env.APP_URL.origin;
    return await serve({
      args: existsSync(STANDALONE)
        ? [STANDALONE]
        : [
            join('node_modules', 'next', 'dist', 'bin', 'next'),
            'start',
            '--port',
            String(port),
            ...(host ? ['--hostname', host] : []),
          ],
      env: { ...env, DATABASE_URL: database.url, PORT: String(port) },
      port,
      host,
      database,
      onReady: () => console.log(demo ? banner(url, demo, storage) : `Latchkey serves ${url}`),
    });
  } finally {
    await database.close();
  }
}

process.exitCode = await start().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  return 1;
});
process.exit();
