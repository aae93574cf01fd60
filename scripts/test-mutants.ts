import { parseArgs } from 'node:util';
import { mutants } from '@/tests/mutants/all';
import type { Mutant } from '@/tests/mutants/mutant';
import { copyOfTree, occurrences } from './support/mutants/copy';
import { openTests } from './support/mutants/run-tests';
import { type Ended, named, table } from './support/mutants/table';

// `npm run test:mutants`: breaks the code in one place after the other, in a copy of the tree, and runs the tests of
// that subject, on the PostgreSQL server of TEST_DATABASE_URL or embedded. Half an hour and more.
// `-- otp lib/web/` takes those of a subject or that name a word; `--every 5` each fifth; `--check` runs nothing and says
// whether every text still occurs once.

const { values, positionals } = parseArgs({
  options: { check: { type: 'boolean' }, every: { type: 'string', default: '1' } },
  allowPositionals: true,
});
const subjects = new Set(mutants.map(({ subject }) => subject));
const isNamed = (mutant: Mutant): boolean =>
  positionals.length === 0 ||
  positionals.some((word) => (subjects.has(word) ? mutant.subject === word : JSON.stringify(mutant).includes(word)));
const chosen = mutants.filter(isNamed).filter((_, at) => at % Number(values.every) === 0);

const lost = mutants.filter((mutant) => occurrences(mutant) !== 1);
for (const mutant of lost) console.error(`${occurrences(mutant)} times, not once: ${named(mutant)}`);
if (lost.length > 0) process.exit(1);
if (values.check) {
  console.log(`Each text of ${mutants.length} mutants occurs once.`);
  process.exit(0);
}

const server = process.env.TEST_DATABASE_URL?.trim() || undefined;
const needsServer = ({ tests }: Mutant): boolean => tests.some((file) => file.startsWith('tests/integration/server/'));
const wanted = server ? chosen : chosen.filter((mutant) => !needsServer(mutant));
if (wanted.length < chosen.length)
  console.log(`${chosen.length - wanted.length} need a PostgreSQL server (TEST_DATABASE_URL) and are left out.`);

const all = [...new Set(wanted.flatMap((mutant) => mutant.tests))];
const tests = await openTests(server, all);
const copy = copyOfTree();
const ended: Ended[] = [];
const red: string[] = [];
let stopped = false;
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => (stopped = true));
try {
  red.push(...(await tests.redOf(copy.folder, all)));
  console.log(`${all.length - red.length} of ${all.length} test files are green as they are.`);
  for (const mutant of wanted) {
    if (stopped) break;
    // What is red already can judge nothing.
    if (mutant.tests.some((file) => red.includes(file))) continue;
    const { green, tookMs } = await copy.broken(mutant, () => tests.run(copy.folder, mutant.tests));
    // What was under way when somebody pressed Ctrl-C was not judged.
    if (stopped) break;
    ended.push({ mutant, survived: green });
    const word = green ? (mutant.equivalent ? 'equivalent' : 'SURVIVED') : 'caught';
    console.log(`${ended.length}/${wanted.length} ${word} in ${(tookMs / 1000).toFixed(1)} s: ${named(mutant)}`);
  }
} finally {
  await tests.close();
  copy.remove();
}
console.log(`\n${table(ended)}`);
const wrong = ended.filter(({ mutant, survived }) => survived !== (mutant.equivalent !== undefined));
for (const file of red) console.log(`${file} is red as it is: its mutants were not tried.`);
process.exit(wrong.length > 0 || red.length > 0 || stopped ? 1 : 0);
