import { readFileSync, writeFileSync } from 'node:fs';
import { clockFaults } from './clock-faults';
import { type Counts, failed } from './counts';
import { crowdFaults } from './crowd-faults';
import { deaths } from './deaths';
import type { Fault } from './fault';
import { keyFaults } from './key-faults';
import { mailFaults } from './mail-faults';
import { receiptFaults } from './receipt-faults';
import { smsFaults } from './sms-faults';
import type { Way } from './stage';

/** Stages at once: most of their time they wait. */
const AT_ONCE = 6;

// The longest first, so that one lease of 60 s covers many of them.
const all: readonly Fault[] = [
  ...deaths,
  ...crowdFaults,
  ...mailFaults,
  ...smsFaults,
  ...keyFaults,
  ...receiptFaults,
  ...clockFaults,
];

type Done = { fault: Fault; way: Way; counts: Counts };

/** @param only words of which a fault's name holds one; none: all of them @returns the table, and whether it is green */
export async function runFaults(only: readonly string[]): Promise<{ table: string; green: boolean }> {
  const chosen = all.filter(({ name }) => only.length === 0 || only.some((word) => name.includes(word)));
  const waiting = chosen.flatMap((fault) => (['process', 'after'] as const).map((way) => ({ fault, way })));
  const done: Done[] = [];
  async function work(): Promise<void> {
    for (let next = waiting.shift(); next; next = waiting.shift()) {
      const began = Date.now();
      const counts = await next.fault.run(next.way).catch(broken);
      done.push({ ...next, counts });
      const seconds = ((Date.now() - began) / 1_000).toFixed(0);
      console.error(`${failed(counts) ? 'FAILED' : 'ok'}  ${next.fault.name}, ${next.way}, ${seconds} s`);
      for (const problem of counts.problems) console.error(`        ${problem}`);
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  return { table: tableOf(chosen, done), green: done.length > 0 && !done.some(({ counts }) => failed(counts)) };
}

const broken = (error: unknown): Counts => ({
  asked: 0,
  sent: 0,
  duplicated: 0,
  excused: 0,
  lost: 0,
  withheld: 0,
  problems: [error instanceof Error ? error.message : String(error)],
});

const row = ({ fault, way, counts }: Done): string => {
  const { asked, sent, duplicated, excused, lost, withheld, problems } = counts;
  const twice =
    duplicated === 0 ? '0' : `${duplicated}, same code${excused < duplicated ? `, ${excused} excused` : ''}`;
  // A fault that did not come to its end has nothing to count.
  const figures = asked + withheld > 0 ? [asked, sent, twice, lost, withheld] : ['–', '–', '–', '–', '–'];
  const cells = [fault.name, way, ...figures, failed(counts) ? `**no** ${problems.join('; ')}` : 'yes'];
  return `| ${cells.join(' | ')} |`;
};

function tableOf(chosen: readonly Fault[], done: readonly Done[]): string {
  const rows = chosen.flatMap((fault) =>
    (['process', 'after'] as const).flatMap((way) =>
      done.filter((one) => one.fault === fault && one.way === way).map(row),
    ),
  );
  return [
    '| fault | way | asked | sent | duplicated | lost | withheld | as meant |',
    '|---|---|--:|--:|--:|--:|--:|---|',
    ...rows,
  ].join('\n');
}

const [begin, end] = ['<!-- faults: begin -->', '<!-- faults: end -->'];

/** Puts the table between the two markers of a file. */
export function writeTable(path: string, table: string): void {
  const text = readFileSync(path, 'utf8');
  const [from, to] = [text.indexOf(begin), text.indexOf(end)];
  if (from < 0 || to < from) throw new Error(`${path} has no ${begin} with a ${end} after it`);
  writeFileSync(path, `${text.slice(0, from + begin.length)}\n${table}\n${text.slice(to)}`);
}
