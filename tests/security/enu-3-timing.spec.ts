import { expect, test } from '../e2e/test';
import { leaksOf, PAIRS, type Stage, stage, timeReset, timeSignIn } from './timing';

// Known and unknown take the same time: 200 interleaved pairs at the production build, each in a network of its own.

let on: Stage;
test.beforeAll(async () => {
  on = await stage();
});
test.afterAll(() => on?.end());

const told = (figures: readonly string[]): void => {
  for (const figure of figures) console.log(`    ${PAIRS} pairs, ${figure}`);
};

test('ENU-3: asking for a code, the page after it and a wrong code tell nobody who has an account', async () => {
  test.setTimeout(600_000);
  const { leaks, figures } = await leaksOf(() => timeReset(on));
  told(figures);
  expect(leaks).toEqual([]);
});

test('ENU-4: a sign-in tells nobody who has an account', async () => {
  test.setTimeout(600_000);
  const { leaks, figures } = await leaksOf(() => timeSignIn(on));
  told(figures);
  expect(leaks).toEqual([]);
});
