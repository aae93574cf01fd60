import { expect, test } from '../e2e/test';
import { leaksOf, type Stage, stage, timeReset, told } from './timing';

// Known and unknown take the same time: 200 interleaved pairs at the production build, each in a network of its own.

let on: Stage;
test.beforeAll(async () => {
  on = await stage();
});
test.afterAll(() => on?.end());

test('ENU-3: asking for a code, the page after it and a wrong code tell nobody who has an account', async () => {
  test.setTimeout(600_000);
  const { leaks, figures } = await leaksOf(() => timeReset(on));
  told(figures);
  expect(leaks).toEqual([]);
});
