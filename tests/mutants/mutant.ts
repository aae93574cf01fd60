/** One change of the code on purpose, that some test must notice. */
export type Mutant = {
  /** What is tested, and the name under which `npm run test:mutants -- otp` finds it. */
  subject: string;
  /** From the top of the project. */
  file: string;
  /** Occurs exactly once in the file. */
  replace: string;
  by: string;
  /** The behavior that is lost, as its test would say it. */
  loses: string;
  /** Test files, from the top of the project. */
  tests: readonly string[];
  /** Why nothing can notice it. Such a mutant must survive. */
  equivalent?: string;
};

type Change = readonly [replace: string, by: string, loses: string];

/** Mutants of one file. @param tests those that are about it: they run for each of the changes */
export const changesOf = (
  subject: string,
  file: string,
  tests: readonly string[],
  changes: readonly Change[],
): Mutant[] => changes.map(([replace, by, loses]) => ({ subject, file, replace, by, loses, tests }));

/** A change that no test can notice. @param why the reason */
export const equivalentTo = (
  subject: string,
  file: string,
  tests: readonly string[],
  [replace, by, loses]: Change,
  why: string,
): Mutant => ({ subject, file, replace, by, loses, tests, equivalent: why });
