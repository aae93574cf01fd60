const DAY_S = 86_400;

export type OtherDate = {
  name: string;
  /** How far it is from now; asked when its turn comes: a time of day is only right then. */
  secondsFrom(now: Date): number;
};

const secondsTo = (when: string) => (now: Date) => (Date.parse(when) - now.getTime()) / 1_000;
const isLeap = (year: number): boolean => (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;

/**
 * Dates on which tests fail that pass today (TIM-3): one and two years ahead, the end of a year, and February 29. The last
 * two are the next ones after `now`.
 * @param now of the machine
 */
export function otherDates(now: Date): readonly OtherDate[] {
  const year = now.getUTCFullYear();
  let leap = year + 1;
  while (!isLeap(leap)) leap += 1;
  const end = `${year}-12-31T23:58:30Z`;
  const leapDay = `${leap}-02-29T12:00:00Z`;
  return [
    { name: 'in 430 days', secondsFrom: () => 430 * DAY_S },
    { name: 'in 731 days', secondsFrom: () => 731 * DAY_S },
    { name: end, secondsFrom: secondsTo(end) },
    { name: leapDay, secondsFrom: secondsTo(leapDay) },
  ];
}
