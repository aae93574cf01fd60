import { expect, test } from '../e2e/test';
import { leaksOf, type Stage, stage, timeSignIn, told } from './timing';

// The same statistic as in enu-3-timing.spec.ts, of signing in.

let on: Stage;
test.beforeAll(async () => {
  on = await stage();
});
test.afterAll(() => on?.end());

test('ENU-4: a sign-in tells nobody who has an account', async () => {
  test.setTimeout(600_000);
  const { leaks, figures } = await leaksOf(() => timeSignIn(on));
  told(figures);
  expect(leaks).toEqual([]);
});
