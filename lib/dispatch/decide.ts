import type { DeliveryKind } from '@/generated/prisma/client';
import { hours, minutes, seconds } from '@/lib/clock';
import type { Channel } from '@/lib/delivery/port';
import { backoff } from './retry';

/**
 * What came of one try: the provider's refusal, that the channel has no transport that works, or that no SMS may leave
 * at the moment: the day's budget is used up or somebody has stopped them (RL-6).
 */
export type Refusal = { class: 'recipient' | 'account' | 'passing'; stops: boolean } | 'no-transport' | 'withheld';

export type Situation = {
  kind: DeliveryKind;
  attempts: number;
  /** Milliseconds until the message is worth nothing. */
  lifeMs: number;
  /** Where the person could be reached by the other channel. */
  otherChannel: Channel | null;
  /** Another transport of the same channel stands by. */
  otherTransport: boolean;
  /** In [0, 1). */
  random: number;
};

/** What follows: the same row later, the same code by the other channel at once, or nothing. */
export type Next = { action: 'retry'; inMs: number } | { action: 'failover'; to: Channel } | { action: 'fail' };

/** A send needs this long at least to be of use to somebody who types a code. */
export const LEAST_LIFE_MS = seconds(5);
/** How long a row waits for a transport that works. */
const NO_TRANSPORT_MS = seconds(5);
/** How long a notice waits before it asks again whether SMS may leave: a stop of the breaker lasts an hour. */
const WITHHELD_MS = minutes(30);
/** Passing failures of a code after which the other channel is the better bet. */
const PATIENCE = 3;
/** How long a notice is worth sending. */
export const NOTICE_LIFE_MS = hours(24);

/** DEL-7. Pure, so that every line of its table is a test. */
export function decide(refusal: Refusal, now: Situation): Next {
  const over: Next = now.otherChannel ? { action: 'failover', to: now.otherChannel } : { action: 'fail' };
  const later = (inMs: number): Next =>
    inMs + LEAST_LIFE_MS < now.lifeMs ? { action: 'retry', inMs: Math.round(inMs) } : over;
  if (refusal === 'no-transport') return now.otherChannel ? over : later(NO_TRANSPORT_MS * (1 + now.random));
  // A notice is worth as much tomorrow, a code is not.
  if (refusal === 'withheld') return now.kind === 'code' ? over : later(WITHHELD_MS * (1 + now.random));
  if (refusal.class === 'recipient') return over;
  if (refusal.class === 'passing') {
    const tired = now.attempts >= PATIENCE && now.otherChannel !== null && !now.otherTransport;
    return tired ? over : later(backoff(now.attempts, now.random));
  }
  // The account's: with this transport it is over for now, and where it is only about this message, for good.
  if (!refusal.stops) return over;
  if (now.otherTransport) return later(0);
  return now.otherChannel ? over : later(backoff(now.attempts + 3, now.random));
}
