import { readFileSync } from 'node:fs';
import { relative } from 'node:path';

/** How the tests of one file ended. `skipped` are those that want what only .ci/run prepares. */
export type Result = { passed: number; failed: number; skipped: number };
type Ended = keyof Result;
export type Results = Map<string, Result>;

const add = (results: Results, file: string, ended: Ended): void => {
  const result = results.get(file) ?? { passed: 0, failed: 0, skipped: 0 };
  result[ended] += 1;
  results.set(file, result);
};

type JestReport = {
  testResults: { name: string; status: string; assertionResults: { status: string }[] }[];
};

/** What `jest --json --outputFile` wrote. A file that could not run counts as one failed test. */
export function readJest(file: string, into: Results): void {
  const { testResults } = JSON.parse(readFileSync(file, 'utf8')) as JestReport;
  for (const { name, status, assertionResults } of testResults) {
    const path = relative(process.cwd(), name);
    if (assertionResults.length === 0 && status === 'failed') add(into, path, 'failed');
    for (const assertion of assertionResults) add(into, path, assertion.status === 'passed' ? 'passed' : 'failed');
  }
}

type PlaywrightSuite = { specs?: { file: string; tests: { status: string }[] }[]; suites?: PlaywrightSuite[] };

/** What Playwright's JSON reporter wrote. */
export function readPlaywright(file: string, into: Results): void {
  const { suites, config } = JSON.parse(readFileSync(file, 'utf8')) as {
    suites: PlaywrightSuite[];
    config: { rootDir: string };
  };
  const walk = (suite: PlaywrightSuite): void => {
    for (const spec of suite.specs ?? []) {
      const path = relative(process.cwd(), `${config.rootDir}/${spec.file}`);
      for (const { status } of spec.tests)
        add(into, path, status === 'expected' ? 'passed' : status === 'skipped' ? 'skipped' : 'failed');
    }
    for (const inner of suite.suites ?? []) walk(inner);
  };
  for (const suite of suites) walk(suite);
}
