import { join, relative } from 'node:path';
import { parseEnv } from '@/lib/env/env';
import { banner } from './support/banner';
import { dataDirectory } from './support/data-directory';
import { openDatabase } from './support/embedded';
import { developmentEnvironment, loadEnvironment, settingsNeedMending } from './support/environment';
import { migrate } from './support/migrate';
import { EMBEDDED_IN_SETTINGS } from './support/pglite-url';
import { portInUse, wantedPort } from './support/port';
import { seedDemo } from './support/seeding';
import { serve } from './support/serve';

// `npm run dev`: from a fresh clone to a running application, with nothing to set up.

async function dev(): Promise<number> {
  loadEnvironment();
  const port = wantedPort(process.env);
  if (await portInUse(port)) {
    const other = port === 65_535 ? port - 1 : port + 1;
    throw new Error(`Port ${port} is in use. Stop what uses it, or choose another: PORT=${other} npm run dev`);
  }
  const env = developmentEnvironment(process.env);
  const settings = parseEnv({
    ...env,
    NODE_ENV: 'development',
    DATABASE_URL: env.DATABASE_URL?.trim() || EMBEDDED_IN_SETTINGS,
  });
  if (!settings.ok) throw new Error(settingsNeedMending(settings.problems));
  const database = await openDatabase();
  try {
    await migrate(database.direct);
    const signIns = await seedDemo(database.url, process.env);
    const storage = process.env.DATABASE_URL?.trim()
      ? 'DATABASE_URL'
      : relative('.', dataDirectory(process.env)) || '.';
    const url = settings.env.APP_URL.origin;
    return await serve({
      // Loopback only: the inbox shows every code, and says that nothing leaves this machine.
      args: [
        join('node_modules', 'next', 'dist', 'bin', 'next'),
        'dev',
        '--hostname',
        '127.0.0.1',
        '--port',
        String(port),
      ],
      env: { ...env, NODE_ENV: 'development', DATABASE_URL: database.url, NEXT_TELEMETRY_DISABLED: '1' },
      port,
      database,
      onReady: () => console.log(banner(url, signIns, storage)),
    });
  } finally {
    await database.close();
  }
}

process.exitCode = await dev().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  return 1;
});
process.exit();
