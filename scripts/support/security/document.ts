import { basename } from 'node:path';
import type { Evidence } from './evidence';
import { securityTests, testsAgainst } from './files';
import { holes } from './holes';
import { sealed } from './sealed';

const link = (file: string): string => `[${basename(file)}](../${file})`;
const row = (cells: readonly string[]): string => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;

/** A title without its id, which stands beside it. */
const plain = (id: string, title: string): string => title.replace(new RegExp(`^\\(?${id}\\)?[:,]? *`), '');

/** One line for each file, with the titles that carry the id. */
function shownBy({ id, titles }: Evidence): string {
  const files = [...new Set(titles.map(({ file }) => file))];
  return files
    .map((file) => {
      const theirs = titles
        .filter((one) => one.file === file)
        .map(({ titles: words }) => plain(id, words.at(-1) ?? ''));
      return `${link(file)}: ${[...new Set(theirs)].join('; ')}`;
    })
    .join('<br>');
}

const rows = (evidence: readonly Evidence[]): string[] => [
  row(['id', 'what holds', 'shown by']),
  '|---|---|---|',
  ...evidence.map((one) => row([one.id, one.says, shownBy(one)])),
];

/** docs/security.md: requirement → the titles of the tests that show it. */
export function securityDocument(evidence: readonly Evidence[]): string {
  const holding = evidence.filter(({ status }) => status === 'holds');
  const planned = evidence.filter(({ status }) => status === 'planned');
  const used = new Set([
    ...evidence.flatMap(({ titles }) => titles.map(({ file }) => file)),
    ...holes.flatMap(testsAgainst),
  ]);
  const unnamed = securityTests().filter((file) => !used.has(file));
  return `${[
    '# Security: what is asked, and what shows it',
    '',
    'Written by `npm run security`, not edited. Each requirement of [requirements.md](requirements.md) with the tests whose titles',
    'carry its id. How they ended when all of them last ran: [security-results.md](security-results.md).',
    '',
    `## The ${holding.length} that hold`,
    '',
    ...rows(holding),
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
    row(['hole', 'seen in', 'shown by']),
    '|---|---|---|',
    ...holes.map((hole) => row([hole.says, hole.seenIn, testsAgainst(hole).map(link).join(' ')])),
    '',
    `## The ${planned.length} that are planned`,
    '',
    'Tests that are named here show a part, or what held before the requirement grew.',
    '',
    ...rows(planned),
    ...(unnamed.length > 0 ? ['', '## More', '', ...unnamed.map((file) => `- ${link(file)}`)] : []),
  ].join('\n')}\n`;
}
