/** The middle one; of an even number, the mean of the two in the middle. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const half = Math.floor(sorted.length / 2);
  const [low = Number.NaN, high = low] = sorted.length % 2 ? [sorted[half]] : [sorted[half - 1], sorted[half]];
  return (low + high) / 2;
}

/** The error function by Abramowitz and Stegun, Handbook of Mathematical Functions, 7.1.26: 1.5e-7 at most off. */
function erf(x: number): number {
  const t = 1 / (1 + 0.3275911 * Math.abs(x));
  const series = ((((1.061405429 * t - 1.453152027) * t + 1.421413741) * t - 0.284496736) * t + 0.254829592) * t;
  return Math.sign(x) * (1 - series * Math.exp(-x * x));
}

/**
 * How likely two samples as different as these are where nothing tells them apart: the Mann-Whitney U test, two-sided,
 * by its normal approximation with ties. It asks for no distribution, which times of answers do not have.
 * @returns p, between 0 and 1
 */
export function mannWhitney(one: readonly number[], other: readonly number[]): number {
  const all = [...one.map((value) => ({ value, mine: true })), ...other.map((value) => ({ value, mine: false }))];
  all.sort((a, b) => a.value - b.value);
  let ranks = 0;
  let ties = 0;
  for (let from = 0; from < all.length; ) {
    let to = from + 1;
    while (to < all.length && all[to]?.value === all[from]?.value) to += 1;
    const rank = (from + 1 + to) / 2;
    ranks += rank * all.slice(from, to).filter(({ mine }) => mine).length;
    ties += (to - from) ** 3 - (to - from);
    from = to;
  }
  const [n, m] = [one.length, other.length];
  const u = ranks - (n * (n + 1)) / 2;
  const variance = ((n * m) / 12) * (n + m + 1 - ties / ((n + m) * (n + m - 1)));
  if (variance === 0) return 1;
  const z = (Math.abs(u - (n * m) / 2) - 0.5) / Math.sqrt(variance);
  return Math.min(1, Math.max(0, 1 - erf(z / Math.SQRT2)));
}

/** ENU-3: p below 0.001, and medians more than 10 ms apart. One alone is chance, or too small to be measured outside. */
export type Gap = { p: number; ms: number; leaks: boolean };

export function gapBetween(one: readonly number[], other: readonly number[]): Gap {
  const p = mannWhitney(one, other);
  const ms = median(one) - median(other);
  return { p, ms, leaks: p < 0.001 && Math.abs(ms) > 10 };
}
