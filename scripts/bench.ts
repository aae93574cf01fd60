import { benchAdmin } from './support/bench/admin/admin';
import { benchDelivery } from './support/bench/delivery';

// `npm run bench -- delivery`: what the delivery engine does on this machine, beside what it aims at; `-- admin`: how fast
// the admin pages answer among millions of rows. No test: a number that misses its aim is printed, and fails nothing.

const benches: Readonly<Record<string, (args: readonly string[]) => Promise<void>>> = {
  delivery: benchDelivery,
  admin: benchAdmin,
};

const [wanted = '', ...args] = process.argv.slice(2);
const bench = benches[wanted];
if (bench) await bench(args);
else {
  console.error(`Say which: ${Object.keys(benches).map((name) => `npm run bench -- ${name}`)}`);
  process.exitCode = 1;
}
