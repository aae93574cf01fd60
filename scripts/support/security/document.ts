import { basename } from 'node:path';
import { securityTests, testsAgainst, testsOf } from './files';
import { holes } from './holes';
import { requirements } from './requirements';
import type { Results } from './results';
import { sealed } from './sealed';

const link = (file: string): string => `[${basename(file)}](../${file})`;

function sum(files: readonly string[], results: Results): string {
  const found = files.map((file) => results.get(file));
  if (found.some((result) => !result)) return 'not run';
  const passed = found.reduce((total, result) => total + (result?.passed ?? 0), 0);
  const failed = found.reduce((total, result) => total + (result?.failed ?? 0), 0);
  const skipped = found.reduce((total, result) => total + (result?.skipped ?? 0), 0);
  const left = skipped > 0 ? `, ${skipped} by \`.ci/run\` alone` : '';
  return `${failed > 0 ? `**${failed} failed**, ` : ''}${passed} passed${left}`;
}

const row = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;

/** docs/security.md: requirement → test → result. @param run what the results are of, in words */
export function securityDocument(results: Results, run: string): string {
  const all = [...results.values()];
  const passed = all.reduce((total, result) => total + result.passed, 0);
  const failed = all.reduce((total, result) => total + result.failed, 0);
  const used = new Set([...requirements.flatMap(testsOf), ...holes.flatMap(testsAgainst)]);
  const unnamed = securityTests().filter((file) => !used.has(file));
  return `${[
    '# Security: what is asked, what shows it, how it ended',
    '',
    'Written by `npm run security`, which runs every test below on a PostgreSQL server and against the build; not by hand.',
    `${run} ${passed} passed, ${failed} failed. A file that shows several things counts in each of their rows.`,
    '',
    '## Requirements',
    '',
    row(['id', 'what holds', 'shown by', 'result']),
    '|---|---|---|---|',
    ...requirements.map((requirement) => {
      const files = testsOf(requirement);
      return row([requirement.id, requirement.says, files.map(link).join(' '), sum(files, results)]);
    }),
    '',
    '## What a browser holds',
    '',
    'Whoever copies one of these has no more than its row says at that moment.',
    '',
    row(['what', 'what it grants', 'bound to', 'what ends it', 'shown by']),
    '|---|---|---|---|---|',
    ...sealed.map(({ name, grants, row: bound, ends, shownBy }) =>
      row([name, grants, bound, ends, shownBy.map(link).join(' ')]),
    ),
    '',
    '## Holes that such flows had elsewhere',
    '',
    row(['hole', 'seen in', 'shown by', 'result']),
    '|---|---|---|---|',
    ...holes.map((hole) => {
      const files = testsAgainst(hole);
      return row([hole.says, hole.seenIn, files.map(link).join(' '), sum(files, results)]);
    }),
    ...(unnamed.length > 0
      ? ['', '## More', '', ...unnamed.map((file) => `- ${link(file)}: ${sum([file], results)}`)]
      : []),
  ].join('\n')}\n`;
}
