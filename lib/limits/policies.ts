import { days, hours, minutes, seconds } from '@/lib/clock';

/** What a limit counts by. Addresses are clients' network addresses, IPv6 by /64 (RL-3). */
export type Subject = 'address' | 'identifier and address' | 'identifier and channel' | 'device' | 'account' | 'proof';

export type Policy = {
  /** What is counted. */
  counts: string;
  by: Subject;
  /** So many within any span of `windowMs`; not one more, wherever the span begins. */
  most: number;
  windowMs: number;
  /**
   * What happens past it. `refused`: a sentence, which may be seen, because it is about the client's own network (ENU-6).
   * `suppressed`: everything goes on looking as ever, and nothing is sent. `asked`: for another proof of work.
   */
  past: 'refused' | 'suppressed' | 'asked';
  /** Between what an admin may set it: never so low that people get no code, nor so high that nothing is left of it. */
  bounds: readonly [least: number, most: number] | null;
};

/**
 * Every limit (RL-2, VER-5, LOG-1), in one place. The numbers are ours, the standards name none; an admin may set another
 * within the bounds (lib/admin/limits/set-limit.ts). What a known device does counts in its own buckets only, so that strangers cannot use
 * them up. What bounds the guesses at an address or at all of them is not here and nobody's to set (lib/otp/policy.ts).
 */
export const policies = {
  'send-address': {
    counts: 'codes asked for',
    by: 'address',
    most: 20,
    windowMs: hours(1),
    past: 'refused',
    bounds: [5, 200],
  },
  'send-pair': {
    counts: 'codes asked for',
    by: 'identifier and address',
    most: 5,
    windowMs: hours(1),
    past: 'suppressed',
    bounds: [3, 20],
  },
  'send-identifier-hour': {
    counts: 'codes asked for',
    by: 'identifier and channel',
    most: 20,
    windowMs: hours(1),
    past: 'suppressed',
    bounds: [5, 60],
  },
  'send-identifier-day': {
    counts: 'codes asked for',
    by: 'identifier and channel',
    most: 40,
    windowMs: days(1),
    past: 'suppressed',
    bounds: [10, 200],
  },
  'send-device-hour': {
    counts: 'codes asked for',
    by: 'device',
    most: 10,
    windowMs: hours(1),
    past: 'suppressed',
    bounds: [5, 30],
  },
  'send-device-day': {
    counts: 'codes asked for',
    by: 'device',
    most: 40,
    windowMs: days(1),
    past: 'suppressed',
    bounds: [10, 200],
  },
  'guess-address-hour': {
    counts: 'wrong codes',
    by: 'address',
    most: 30,
    windowMs: hours(1),
    past: 'refused',
    bounds: [10, 100],
  },
  'guess-address-day': {
    counts: 'wrong codes',
    by: 'address',
    most: 100,
    windowMs: days(1),
    past: 'refused',
    bounds: [30, 400],
  },
  'sign-in-address-hour': {
    counts: 'failed sign-ins',
    by: 'address',
    most: 50,
    windowMs: hours(1),
    past: 'refused',
    bounds: [10, 200],
  },
  'sign-in-address-day': {
    counts: 'failed sign-ins',
    by: 'address',
    most: 200,
    windowMs: days(1),
    past: 'refused',
    bounds: [50, 1000],
  },
  'second-step-hour': {
    counts: 'second steps',
    by: 'account',
    most: 10,
    windowMs: hours(1),
    past: 'refused',
    bounds: [5, 20],
  },
  'second-step-day': {
    counts: 'second steps',
    by: 'account',
    most: 30,
    windowMs: days(1),
    past: 'refused',
    bounds: [10, 60],
  },
  // Tests, retries and invitations: what an admin's stolen session could send.
  'by-hand-hour': {
    counts: 'messages sent by hand',
    by: 'account',
    most: 60,
    windowMs: hours(1),
    past: 'refused',
    bounds: [10, 300],
  },
  // A proof lives as long as its row: it is worth one act, and no replay. Unsolved it is worth one after the wait.
  proof: { counts: 'acts', by: 'proof', most: 1, windowMs: minutes(5), past: 'asked', bounds: null },
  'proof-wait': {
    counts: 'acts by an unsolved proof',
    by: 'address',
    most: 1,
    windowMs: seconds(20),
    past: 'asked',
    bounds: null,
  },
} as const satisfies Record<string, Policy>;

export type PolicyName = keyof typeof policies;

/** A policy's row: its name, and whom it is about as a keyed hash or a random id, never in clear (AUD-3). */
export const counterKey = (policy: PolicyName, subject: string): string => `${policy}:${subject}`;
