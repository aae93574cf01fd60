/** What a limit counts by. Addresses are clients' network addresses, IPv6 by /64, /56 and /48 (lib/limits/networks.ts). */
export type Subject = 'address' | 'identifier and address' | 'identifier and channel' | 'device' | 'account' | 'proof';

export type Policy = {
  /** What is counted. */
  counts: string;
  by: Subject;
  /** So many within any span of `windowMs`; not one more, wherever the span begins. */
  most: number;
  /** From so many on whoever acts brings a proof of work (RL-2). */
  work?: number;
  windowMs: number;
  /**
   * What happens past it. `refused`: a sentence, which may be seen, because it is about the client's own network (ENU-6).
   * `suppressed`: everything goes on looking as ever, and nothing is sent. `asked`: for another proof of work.
   */
  past: 'refused' | 'suppressed' | 'asked';
  /** Between what an admin may set it: never so low that people get no code, nor so high that nothing is left of it. */
  bounds: readonly [least: number, most: number] | null;
};
