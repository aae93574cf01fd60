/** Tells the time that codes, sessions and cooldowns live by. Tests inject their own. */
export type Clock = { now(): Date };

export const systemClock: Clock = { now: () => new Date() };

/** @param count hours @returns milliseconds */
export const hours = (count: number): number => count * 3_600_000;

/** @param count minutes @returns milliseconds */
export const minutes = (count: number): number => count * 60_000;

/** @param count seconds @returns milliseconds */
export const seconds = (count: number): number => count * 1_000;

/** @param count days of 24 hours @returns milliseconds */
export const days = (count: number): number => count * 86_400_000;

/** @param date a moment @param ms milliseconds to add, negative to go back */
export const plus = (date: Date, ms: number): Date => new Date(date.getTime() + ms);
