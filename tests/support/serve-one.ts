import { serve } from '@/scripts/support/serve';

// `serve-one.ts <JavaScript>`: runs that as the web server, without a database.

process.exitCode = await serve({
  args: ['-e', process.argv[2] ?? ''],
  env: process.env,
  port: 1,
  database: { url: '', direct: '', owned: false, close: async () => {} },
  onReady: () => {},
});
process.exit();
