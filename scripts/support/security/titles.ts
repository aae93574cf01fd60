import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** A test: its title, and before it those of the describes around it. */
export type Title = { file: string; titles: readonly string[] };

/** Every file of tests. */
const testFiles = (): string[] =>
  readdirSync('tests', { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.(test|spec)\.tsx?$/.test(file))
    .map((file) => join('tests', file))
    .sort();

/** `describe(`, `test.each(…)(`, `test.describe.serial(` … up to the first bracket. */
const CALL = /(?<![\w.'"`])(?:describe|test|it)(?:\.\w+)*\s*(?=\(|`)/g;

/** Past a string that begins here. */
function pastString(source: string, from: number): number {
  const quote = source[from];
  let at = from + 1;
  while (at < source.length && source[at] !== quote) at += source[at] === '\\' ? 2 : 1;
  return at + 1;
}

/** Past the brackets that begin here, strings in them included. */
function pastBrackets(source: string, from: number): number {
  let depth = 0;
  let at = from;
  while (at < source.length) {
    const sign = source[at] ?? '';
    if (`'"\``.includes(sign)) at = pastString(source, at);
    else if (source.startsWith('//', at)) at = source.indexOf('\n', at);
    else {
      if ('([{'.includes(sign)) depth += 1;
      if (')]}'.includes(sign)) depth -= 1;
      at += 1;
      if (depth === 0) return at;
    }
  }
  return at;
}

const skipSpace = (source: string, from: number): number =>
  from + (/^\s*/.exec(source.slice(from, from + 200))?.[0].length ?? 0);

type Block = { words: string[]; end: number };

/**
 * The tests of a source, each with the titles around it, outermost first. One that is put together from variables is told
 * as it is written, `${…}` and all.
 */
export function titlesIn(source: string): string[][] {
  const tests: string[][] = [];
  let around: Block[] = [];
  for (const call of source.matchAll(CALL)) {
    let at = call.index + call[0].length;
    if (/\.each\s*$/.test(call[0])) at = source[at] === '`' ? pastString(source, at) : pastBrackets(source, at);
    if (source[at] !== '(') continue;
    const opens = skipSpace(source, at + 1);
    if (!`'"\``.includes(source[opens] ?? '-')) continue;
    const title = source.slice(opens + 1, pastString(source, opens) - 1).replaceAll(/\\(['"`])/g, '$1');
    around = around.filter(({ end }) => end > call.index);
    const words = [...(around.at(-1)?.words ?? []), title];
    if (call[0].includes('describe')) around.push({ words, end: pastBrackets(source, at) });
    else tests.push(words);
  }
  return tests;
}

export const allTitles = (): Title[] =>
  testFiles().flatMap((file) => titlesIn(readFileSync(file, 'utf8')).map((titles) => ({ file, titles })));
