import { days, hours, minutes, seconds } from '@/lib/clock';

/** What a limit counts by. Addresses are clients' network addresses, IPv6 by /64 (RL-3). */
export type Subject = 'address' | 'identifier and address' | 'identifier and channel' | 'device' | 'proof';

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
};

/**
 * Every limit (RL-2, VER-5, LOG-1), in one place. The numbers are ours, the standards name none. What a known device
 * does counts in its own buckets only, so that strangers cannot use them up.
 */
export const policies = {
  'send-address': { counts: 'codes asked for', by: 'address', most: 20, windowMs: hours(1), past: 'refused' },
  'send-pair': {
    counts: 'codes asked for',
    by: 'identifier and address',
    most: 5,
    windowMs: hours(1),
    past: 'suppressed',
  },
  'send-identifier-hour': {
    counts: 'codes asked for',
    by: 'identifier and channel',
    most: 20,
    windowMs: hours(1),
    past: 'suppressed',
  },
  'send-identifier-day': {
    counts: 'codes asked for',
    by: 'identifier and channel',
    most: 40,
    windowMs: days(1),
    past: 'suppressed',
  },
  'send-device-hour': { counts: 'codes asked for', by: 'device', most: 10, windowMs: hours(1), past: 'suppressed' },
  'send-device-day': { counts: 'codes asked for', by: 'device', most: 40, windowMs: days(1), past: 'suppressed' },
  'guess-address-hour': { counts: 'wrong codes', by: 'address', most: 30, windowMs: hours(1), past: 'refused' },
  'guess-address-day': { counts: 'wrong codes', by: 'address', most: 100, windowMs: days(1), past: 'refused' },
  'sign-in-address-hour': { counts: 'failed sign-ins', by: 'address', most: 50, windowMs: hours(1), past: 'refused' },
  'sign-in-address-day': { counts: 'failed sign-ins', by: 'address', most: 200, windowMs: days(1), past: 'refused' },
  // A proof lives as long as its row: it is worth one act, and no replay. Unsolved it is worth one after the wait.
  proof: { counts: 'acts', by: 'proof', most: 1, windowMs: minutes(5), past: 'asked' },
  'proof-wait': { counts: 'acts by an unsolved proof', by: 'address', most: 1, windowMs: seconds(20), past: 'asked' },
} as const satisfies Record<string, Policy>;

export type PolicyName = keyof typeof policies;

/** A policy's row: its name, and whom it is about as a keyed hash or a random id, never in clear (AUD-3). */
export const counterKey = (policy: PolicyName, subject: string): string => `${policy}:${subject}`;
