import { basename } from 'node:path';
import type { Results } from './results';

/** docs/security-results.md: how each file of the list ended. @param run what the results are of, in words */
export function resultsDocument(files: readonly string[], results: Results, run: string): string {
  const all = [...results.values()];
  const sum = (what: 'passed' | 'failed'): number => all.reduce((total, result) => total + result[what], 0);
  return `${[
    '# How the tests of security.md ended',
    '',
    'Written by `npm run security`, which runs every file that [security.md](security.md) names, on a PostgreSQL server and',
    `against the build. ${run} ${sum('passed')} passed, ${sum('failed')} failed.`,
    '',
    '| file | passed | failed | left out |',
    '|---|---|---|---|',
    ...files.map((file) => {
      const result = results.get(file);
      const name = `[${basename(file)}](../${file})`;
      return result
        ? `| ${name} | ${result.passed} | ${result.failed} | ${result.skipped} |`
        : `| ${name} | not run | | |`;
    }),
  ].join('\n')}\n`;
}
