import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { onServer, postgres } from '@/tests/support/standalone';
import { closeStages } from '../tests/faults/stage';
import { runFaults, writeTable } from '../tests/faults/suite';

// `npm run test:faults`: the build with real sockets, and what goes wrong with them. Some minutes.
// `npm run test:faults -- SIGKILL 535` runs the faults whose names hold one of these words;
// `-- --write docs/delivery.md` puts the table there.

const { values, positionals } = parseArgs({ options: { write: { type: 'string' } }, allowPositionals: true });
if (!existsSync(join('.next', 'standalone', 'server.js'))) {
  console.error('There is no build yet. Make it: npm run build');
  process.exit(1);
}
await onServer('SELECT 1').catch(() => {
  console.error(`No PostgreSQL answers at ${postgres.host}. Start one, or name another in E2E_POSTGRES_URL.`);
  process.exit(1);
});
for (const signal of ['SIGINT', 'SIGTERM'] as const)
  process.once(signal, () => void closeStages().finally(() => process.exit(130)));
const { table, green } = await runFaults(positionals);
console.log(table);
if (values.write) writeTable(values.write, table);
process.exit(green ? 0 : 1);
