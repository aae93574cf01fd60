/** @returns such as 4,812 */
export const whole = (count: number): string => count.toLocaleString('en-GB');

/** @param part of `of` @returns such as "99.4 %", or a dash where there is nothing to compare with */
export const percent = (part: number, of: number): string => (of === 0 ? '–' : `${((part / of) * 100).toFixed(1)} %`);

/** @param ms @returns such as "420 ms", "2.8 s", "3 min"; a dash for null */
export function duration(ms: number | null): string {
  if (ms === null) return '–';
  if (ms < 100) return `${Math.round(ms)} ms`;
  if (ms < 1_000) return `${Math.round(ms / 10) * 10} ms`;
  if (ms < 100_000) return `${(ms / 1_000).toFixed(1)} s`;
  return ms < 7_200_000 ? `${Math.round(ms / 60_000)} min` : `${Math.round(ms / 3_600_000)} h`;
}

/** @returns such as "12:04" in UTC */
export const clock = (at: Date): string => at.toISOString().slice(11, 16);
/** @returns such as "2026-11-23 12:04:31", UTC */
export const moment = (at: Date): string => at.toISOString().slice(0, 19).replace('T', ' ');
