import { serve } from '@/scripts/support/serve';

// `serve-one.ts <JavaScript> [ms]`: runs that as the web server, without a database, and lets it take so long to end.

process.exitCode = await serve({
  args: ['-e', process.argv[2] ?? ''],
  env: process.env,
  port: 1,
  database: { url: '', direct: '', owned: false, close: async () => {} },
  ...(process.argv[3] ? { patienceMs: Number(process.argv[3]) } : {}),
  onReady: () => {},
});
process.exit();
