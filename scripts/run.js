import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

// `node scripts/run.js dev`: runs scripts/dev.ts in this very process. The tsx command would put another one in
// between, and a SIGTERM that npm passes on would then end that one only.

const [name, ...rest] = process.argv.slice(2);
const script = resolve('scripts', `${name}.ts`);
process.env.TSX_TSCONFIG_PATH = resolve('scripts/tsconfig.json');
process.argv = [process.argv[0], script, ...rest];
await import('tsx');
try {
  await import(pathToFileURL(script).href);
} catch (error) {
  // Meant for whoever typed the command: no stack.
  console.error(error?.name === 'Refused' ? error.message : error);
  process.exit(1);
}
