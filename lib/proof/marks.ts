/**
 * When proof of work is asked for, and how much of it (RL-2). The numbers are ours. Below the marks nobody is asked.
 */

/**
 * The used part of a client's own failure budget from which on it is asked. Past twenty wrong codes in an hour: whoever
 * mistypes every try of four codes has had enough trouble.
 */
export const STRAINED_CLIENT = 0.8;
/** The used part of the crowd's mark from which on all strangers are asked. */
export const STRAINED_CROWD = 0.5;

/** Failed sign-ins of all strangers in one hour of the clock from which on strangers are asked, in it and the next. */
export const FAILED_SIGN_INS = 1_000;

/**
 * The work: keys derived one after the other until the one that was drawn comes up, by PBKDF2 with so many rounds each.
 * Drawn from a range, so that nobody waits much longer than another, as they would with a prefix of zeros. A key takes
 * 0.4 ms of a server's core in V8's WebCrypto (measured: 1,000 keys in 410 ms), two to three times that on a phone of
 * the middle: 0.4 to 1 s there. Making one costs the server a single key, checking one no key at all.
 */
export const WORK = { rounds: 1_000, fewest: 500, most: 900 };
