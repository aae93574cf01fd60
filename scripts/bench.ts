import { benchDelivery } from './support/bench/delivery';

// `npm run bench -- delivery`: what the delivery engine does on this machine, beside what it aims at. No test: a number
// that misses its aim is printed, and fails nothing.

const benches: Readonly<Record<string, () => Promise<void>>> = { delivery: benchDelivery };

const [wanted = ''] = process.argv.slice(2);
const bench = benches[wanted];
if (bench) await bench();
else {
  console.error(`Say which: ${Object.keys(benches).map((name) => `npm run bench -- ${name}`)}`);
  process.exitCode = 1;
}
