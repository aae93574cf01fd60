import type { Mutant } from '@/tests/mutants/mutant';

export type Ended = { mutant: Mutant; survived: boolean };

const short = (text: string): string => {
  const flat = text.replace(/\s+/g, ' ').trim();
  return flat.length > 60 ? `${flat.slice(0, 59)}…` : flat;
};

/** A mutant on one line. */
export const named = ({ file, replace, by, loses }: Mutant): string =>
  `${file}: “${short(replace)}” → “${short(by)}” (${loses})`;

/** How many of each subject were caught, and every one that was not. */
export function table(ended: readonly Ended[]): string {
  const rows = [...new Set(ended.map(({ mutant }) => mutant.subject))].map((subject) => {
    const theirs = ended.filter(({ mutant }) => mutant.subject === subject);
    const real = theirs.filter(({ mutant }) => !mutant.equivalent);
    const caught = real.filter(({ survived }) => !survived);
    return `${subject.padEnd(14)} ${caught.length} of ${real.length} caught, ${theirs.length - real.length} equivalent`;
  });
  const real = ended.filter(({ mutant }) => !mutant.equivalent);
  const caught = real.filter(({ survived }) => !survived).length;
  const share = real.length > 0 ? ((100 * caught) / real.length).toFixed(1) : '0';
  const survivors = real.filter(({ survived }) => survived).map(({ mutant }) => `SURVIVED ${named(mutant)}`);
  const noticed = ended
    .filter(({ mutant, survived }) => mutant.equivalent && !survived)
    .map(({ mutant }) => `marked equivalent, and caught: ${named(mutant)}`);
  return [...rows, `${'all'.padEnd(14)} ${caught} of ${real.length} caught: ${share} %`, ...survivors, ...noticed].join(
    '\n',
  );
}
