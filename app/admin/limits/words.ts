import type { BlockedRow } from '@/lib/admin/limits/blocked-now';
import { policies } from '@/lib/limits/policies';
import type { Policy } from '@/lib/limits/policy';

const subjects: Record<Policy['by'], string> = {
  address: 'a network',
  'identifier and address': 'an address from one network',
  'identifier and channel': 'an address, by one channel',
  device: 'a known browser',
  account: 'an account',
  proof: 'a proof',
};

/** @returns such as "codes asked for by a network" */
export const limitName = ({ counts, by }: Pick<Policy, 'counts' | 'by'>): string => `${counts}, by ${subjects[by]}`;

/** @param ms of a window @returns such as "an hour" */
export const within = (ms: number): string => {
  if (ms >= 86_400_000) return 'a day';
  if (ms >= 3_600_000) return 'an hour';
  return ms >= 60_000 ? `${Math.round(ms / 60_000)} minutes` : `${Math.round(ms / 1_000)} seconds`;
};

const past: Record<Policy['past'], string> = {
  refused: 'refused, in words',
  suppressed: 'looks as ever, and nothing is sent',
  asked: 'asked for work',
};
export const pastWords = ({ past: what }: Pick<Policy, 'past'>): string => past[what];

/** A row in a sentence: what is counted, how much of it, and what that does. */
export function blockedWords({ key, why, count, most }: BlockedRow): string {
  const [name = ''] = key.split(':');
  if (why === 'waiting') return `${count} failed sign-ins in a row: nobody is heard for a while`;
  if (why === 'guessed') return `${count} wrong codes in a row: new codes are longer`;
  const policy = Object.hasOwn(policies, name) ? policies[name as keyof typeof policies] : null;
  return policy ? `${count} of ${most} ${limitName(policy)}, within ${within(policy.windowMs)}` : `${count} of ${most}`;
}

/** Whom a row is about, as far as it can be told: what it holds is a keyed hash, or an id. */
export function blockedWhose(key: string): { account: string } | { hash: string; what: string } {
  const [name = '', ...rest] = key.split(':');
  const last = rest.at(-1) ?? '';
  const policy = Object.hasOwn(policies, name) ? policies[name as keyof typeof policies] : null;
  if (policy?.by === 'account' || rest[0] === 'second-step') return { account: last };
  const device = policy?.by === 'device' || name.endsWith('-device');
  const what = policy?.by === 'address' ? 'network' : device ? 'browser' : 'address';
  return { hash: last.slice(0, 8), what };
}
