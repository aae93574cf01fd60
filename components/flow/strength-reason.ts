import type { ZxcvbnResult } from '@zxcvbn-ts/core';

/** The estimator names what it found by keys and leaves the words to us. */
const warnings: Readonly<Record<string, string>> = {
  straightRow: 'Keys in a row are guessed first.',
  keyPattern: 'Patterns on the keyboard are guessed first.',
  simpleRepeat: 'Repeated letters add little.',
  extendedRepeat: 'A repeated part adds little.',
  sequences: 'Rows like abc or 123 are guessed first.',
  recentYears: 'Years are guessed early.',
  dates: 'Dates are guessed early.',
  topTen: 'It is one of the ten most used passwords.',
  topHundred: 'It is one of the hundred most used passwords.',
  common: 'Many people use it.',
  similarToCommon: 'It is close to one that many people use.',
  wordByItself: 'A single word is guessed early.',
  namesByThemselves: 'A name alone is guessed early.',
  commonNames: 'A common name is guessed early.',
  userInputs: 'It has your own address in it.',
};

const spans: Readonly<Record<string, string>> = {
  ltSecond: 'less than a second',
  second: 'a second',
  seconds: 'seconds',
  minute: 'a minute',
  minutes: 'minutes',
  hour: 'an hour',
  hours: 'hours',
  day: 'a day',
  days: 'days',
  month: 'a month',
  months: 'months',
  year: 'a year',
  years: 'years',
  centuries: 'centuries',
};

/** @returns one sentence: what makes it weak where that is known, otherwise how long guessing it would take (UX-5) */
export function reasonOf({ feedback, crackTimes }: Pick<ZxcvbnResult, 'feedback' | 'crackTimes'>): string {
  const warning = feedback.warning && warnings[feedback.warning];
  if (warning) return warning;
  const { base, display } = crackTimes.onlineNoThrottlingXPerSecond;
  const span = spans[display] ?? 'a while';
  return `It would take ${base && base > 1 ? `${base} ` : ''}${span} to guess.`;
}
