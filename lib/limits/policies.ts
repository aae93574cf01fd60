import { days, hours, minutes, seconds } from '@/lib/clock';
import type { Policy } from './policy';

/**
 * Every limit (RL-2, VER-5, LOG-1), in one place. The numbers are ours, the standards name none; an admin may set another
 * within the bounds (lib/admin/limits/set-limit.ts). A known device counts in
 * limits of its own, so that strangers cannot use them up. All known devices of one network share a loose limit. What bounds
 * the guesses at codes is in lib/otp/policy.ts, and no admin can change it.
 */
export const policies = {
  'send-address': {
    counts: 'codes asked for',
    by: 'address',
    most: 200,
    work: 20,
    windowMs: hours(1),
    past: 'refused',
    bounds: [5, 500],
  },
  'send-known-address': {
    counts: 'codes asked for by known browsers',
    by: 'address',
    most: 200,
    windowMs: hours(1),
    past: 'refused',
    bounds: [50, 500],
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
    bounds: [8, 60],
  },
  'send-identifier-day': {
    counts: 'codes asked for',
    by: 'identifier and channel',
    most: 40,
    windowMs: days(1),
    past: 'suppressed',
    bounds: [10, 200],
  },
  // Without a solved proof: an eighth of what the identifier bears, a quarter of its second half (lib/reset/send-limits.ts).
  'send-waited-hour': {
    counts: 'codes asked for after a wait',
    by: 'identifier and channel',
    most: 2,
    windowMs: hours(1),
    past: 'suppressed',
    bounds: null,
  },
  'send-waited-day': {
    counts: 'codes asked for after a wait',
    by: 'identifier and channel',
    most: 5,
    windowMs: days(1),
    past: 'suppressed',
    bounds: null,
  },
  // By the channel that carries a code, whichever was asked for: the numbers of the identifier's (lib/limits/carried.ts).
  'carried-hour': {
    counts: 'codes on their way',
    by: 'identifier and channel',
    most: 20,
    windowMs: hours(1),
    past: 'suppressed',
    bounds: null,
  },
  'carried-day': {
    counts: 'codes on their way',
    by: 'identifier and channel',
    most: 40,
    windowMs: days(1),
    past: 'suppressed',
    bounds: null,
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
    most: 90,
    work: 24,
    windowMs: hours(1),
    past: 'refused',
    bounds: [10, 100],
  },
  'guess-address-day': {
    counts: 'wrong codes',
    by: 'address',
    most: 100,
    work: 80,
    windowMs: days(1),
    past: 'refused',
    bounds: [30, 400],
  },
  'guess-known-address': {
    counts: 'wrong codes by known browsers',
    by: 'address',
    most: 100,
    windowMs: hours(1),
    past: 'refused',
    bounds: [50, 400],
  },
  'sign-in-address-hour': {
    counts: 'failed sign-ins',
    by: 'address',
    most: 500,
    work: 40,
    windowMs: hours(1),
    past: 'refused',
    bounds: [10, 1_000],
  },
  'sign-in-address-day': {
    counts: 'failed sign-ins',
    by: 'address',
    most: 2_000,
    work: 160,
    windowMs: days(1),
    past: 'refused',
    bounds: [50, 4_000],
  },
  'sign-in-known-address': {
    counts: 'failed sign-ins by known browsers',
    by: 'address',
    most: 500,
    windowMs: hours(1),
    past: 'refused',
    bounds: [50, 1_000],
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
