import { days, minutes, seconds } from '@/lib/clock';

/** A code dies 10 minutes after its first issue, whatever is resent (GEN-3). */
export const CODE_LIFE_MS = minutes(10);
/** Below this a resend opens a new challenge instead of repeating a dying code (GEN-3). */
export const MIN_LIFE_FOR_RESEND_MS = minutes(3);
/** Tries a challenge (VER-2). */
export const MAX_ATTEMPTS = 5;
/** Sends a challenge, and the wait between two by one channel (RL-2). */
export const MAX_SENDS = 5;
export const RESEND_COOLDOWN_MS = seconds(30);
/** How long a proof may wait for its new password (FLO-2). */
export const GRANT_LIFE_MS = minutes(10);
/** A repeat of the right code within this time is a double click (GEN-4). */
export const REPEAT_MS = seconds(30);

/**
 * How many digits a new code has (VER-3, GEN-1): few as long as few have guessed, then more. Guessing makes codes
 * longer; it never locks anybody out.
 */
export const DIGITS = { usual: 6, guessedAt: 8, crowd: 10, beyondGuessing: 20 } as const;
/** Wrong guesses at one address in 24 hours, those that live codes still allow included, that 6 digits bear. */
export const GUESSES_AT_USUAL = 20;
/** Wrong guesses in a row at one address from which on its codes are beyond guessing; NIST SP 800-63B-4, 3.2.2. */
export const GUESSES_IN_A_ROW = 100;
/** Wrong guesses at all addresses in 24 hours from which on strangers' codes have 10 digits, unless more is usual. */
export const CROWD_GUESSES = 500;
/** The same as a multiple of what the median of the last days was. */
export const CROWD_FACTOR = 5;
/**
 * At this multiple of the crowd's mark shorter codes of strangers, issued before the mark was passed, are not compared
 * any more: otherwise whoever had ten thousand codes sent first could guess at all of them.
 */
export const CROWD_STOP_FACTOR = 1.5;
/** The rolling window that guesses are counted in: a guess comes up to a code's life after its challenge. */
export const GUESS_WINDOW_MS = days(1) + CODE_LIFE_MS;
