import { seconds } from '@/lib/clock';

/** The wait doubles from here, up to the most. Milliseconds. */
const FIRST_MS = seconds(1);
const MOST_MS = seconds(60);

/**
 * Exponential backoff with full jitter: anything up to the doubled wait, so that what failed together is not tried
 * together (https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/).
 * @param attempts tries so far, at least 1 @param random in [0, 1) @returns milliseconds
 */
export const backoff = (attempts: number, random: number): number =>
  Math.round(random * Math.min(MOST_MS, FIRST_MS * 2 ** Math.min(attempts, 20)));
