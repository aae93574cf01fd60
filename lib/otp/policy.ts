import { minutes, seconds } from '@/lib/clock';

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
/** Digits of a code; 8, 10 and 20 come with the growing code (VER-3). */
export const CODE_DIGITS = 6;
