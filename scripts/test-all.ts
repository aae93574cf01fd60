import { spawn } from 'node:child_process';
import { createWriteStream, mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fakeClock, NO_FAKETIME } from './support/faketime';
import { otherDates } from './support/other-dates';

// `npm run test:all`: the whole suite on other dates, with clocks apart, and in other zones (TIM-1, TIM-3). It takes
// about as long as eleven times `npm test`. `-- --only dates` (or skews, zones) runs these alone; what else follows `--`
// goes to Jest. TEST_DATABASE_URL runs skews and zones on that server.

type Run = { kind: 'dates' | 'skews' | 'zones'; name: string; env: Record<string, string>; jest: string[] };
type Ended = { run: Run; passed: number; failed: number; seconds: number; ok: boolean; log: string };

/** What has no database knows neither zones nor its clock. */
const integration = ['--selectProjects', 'integration'];
const skews = [50, -50] as const;
const zones = ['UTC', 'Europe/Berlin', 'Asia/Shanghai', 'America/New_York', 'Asia/Kathmandu'] as const;

const words = process.argv.slice(2);
const onlyAt = words.indexOf('--only');
const only = onlyAt < 0 ? null : words[onlyAt + 1];
const rest = onlyAt < 0 ? words : words.toSpliced(onlyAt, 2);
if (only !== null && !['dates', 'skews', 'zones'].includes(only ?? '')) {
  console.error('--only takes dates, skews or zones.');
  process.exit(2);
}
if (!fakeClock(0)) {
  console.error(NO_FAKETIME);
  process.exit(2);
}

const plans: (() => Run)[] = [
  ...otherDates(new Date()).map(({ name, secondsFrom }) => (): Run => {
    // A server of its own has its own clock.
    const env = { TEST_DATABASE_URL: '', ...fakeClock(secondsFrom(new Date())) };
    return { kind: 'dates', name, env, jest: [] };
  }),
  ...skews.map((seconds) => (): Run => {
    const name = `database ${Math.abs(seconds)} s ${seconds > 0 ? 'ahead' : 'behind'}`;
    return { kind: 'skews', name, env: { TEST_CLOCK_SKEW_S: String(seconds) }, jest: integration };
  }),
  ...zones.map(
    (zone) => (): Run => ({ kind: 'zones', name: zone, env: { TEST_DATABASE_ZONE: zone }, jest: integration }),
  ),
];
const logs = mkdtempSync(join(tmpdir(), 'latchkey-test-all-'));

/** Runs Jest once; what it says goes to a file. */
function runOnce(run: Run, place: number): Promise<Ended> {
  const log = join(logs, `${place}.log`);
  const began = performance.now();
  const child = spawn(process.execPath, ['scripts/run.js', 'test', ...run.jest, ...rest], {
    env: { ...process.env, ...run.env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const file = createWriteStream(log);
  for (const stream of [child.stdout, child.stderr]) stream.pipe(file, { end: false });
  return new Promise((resolve) => {
    child.once('close', (code) => {
      file.end(() => {
        const said = readFileSync(log, 'utf8');
        const count = (what: string) => Number(new RegExp(`^Tests:.*?(\\d+) ${what}`, 'm').exec(said)?.[1] ?? 0);
        const seconds = Math.round((performance.now() - began) / 1_000);
        resolve({ run, passed: count('passed'), failed: count('failed'), seconds, ok: code === 0, log });
      });
    });
  });
}

const chosen = plans.filter((plan) => only === null || plan().kind === only);
const ended: Ended[] = [];
for (const [index, plan] of chosen.entries()) {
  const run = plan();
  process.stdout.write(`${index + 1}/${chosen.length} ${run.kind}: ${run.name} … `);
  const one = await runOnce(run, index + 1);
  ended.push(one);
  console.log(`${one.passed} passed, ${one.failed} failed, ${one.seconds} s`);
  if (!one.ok) console.log(failuresOf(readFileSync(one.log, 'utf8')), `\n  all of it: ${one.log}`);
}

/** The names of what failed, or the last words where nothing has a name. */
function failuresOf(said: string): string {
  const names = [...new Set([...said.matchAll(/^ {2}● (.+)$/gm)].map(([, name]) => `  ● ${name}`))];
  return names.length > 0 ? names.join('\n') : said.trim().split('\n').slice(-5).join('\n');
}

const rows = ended.map(({ run, passed, failed, seconds, ok }) => [
  run.kind,
  run.name,
  String(passed),
  String(failed),
  `${seconds} s`,
  ok ? 'ok' : 'FAILED',
]);
const head = ['kind', 'run', 'passed', 'failed', 'took', ''];
const widths = head.map((_, column) => Math.max(...[head, ...rows].map((row) => (row[column] ?? '').length)));
console.log();
for (const row of [head, ...rows])
  console.log(
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  );
const sum = (of: 'passed' | 'failed') => ended.reduce((total, one) => total + one[of], 0);
const good = ended.every(({ ok }) => ok);
// As Jest says it, for whoever counts.
console.log(`\nTests: ${sum('failed') > 0 ? `${sum('failed')} failed, ` : ''}${sum('passed')} passed`);
process.exitCode = good ? 0 : 1;
