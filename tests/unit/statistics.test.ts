import { gapBetween, mannWhitney, median } from '@/tests/support/statistics';

const noise = (seed: number, count: number, shift = 0): number[] => {
  let state = seed;
  return Array.from({ length: count }, () => {
    state = (state * 1_103_515_245 + 12_345) % 2 ** 31;
    // Skewed, as times of answers are.
    return 20 - 8 * Math.log(1 - state / 2 ** 31) + shift;
  });
};

test('the median', () => {
  expect(median([3, 1, 2])).toBe(2);
  expect(median([4, 1, 3, 2])).toBe(2.5);
});

test('p as a table has it: 1 to 10 against 6 to 15, and against itself', () => {
  const one = Array.from({ length: 10 }, (_, n) => n + 1);
  // By hand: U = 12.5, five ties of two, z = 37 / 13.2 = 2.80.
  expect(
    mannWhitney(
      one,
      one.map((n) => n + 5),
    ),
  ).toBeCloseTo(0.005, 3);
  expect(mannWhitney(one, one)).toBeCloseTo(1, 1);
  expect(mannWhitney([1, 1], [1, 1])).toBe(1);
});

test('200 pairs tell 15 ms from nothing, and nothing from nothing', () => {
  expect(gapBetween(noise(1, 200, 15), noise(2, 200))).toMatchObject({ leaks: true });
  expect(gapBetween(noise(3, 200), noise(4, 200))).toMatchObject({ leaks: false });
  // Certain, but too small to be seen from outside.
  expect(gapBetween(noise(5, 5_000, 5), noise(6, 5_000))).toMatchObject({ leaks: false });
});
