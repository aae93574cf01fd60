import type { Channel } from './port';

/**
 * A recipient as an operator may see it after the fact: `a…@example.com`, `+1…23`. Enough to recognise what somebody
 * asks about, too little to write to.
 */
export function maskRecipient(channel: Channel, to: string): string {
  if (channel === 'sms') return `${to.slice(0, 2)}…${to.slice(-2)}`;
  const at = to.lastIndexOf('@');
  return `${[...to][0] ?? ''}…${to.slice(at)}`;
}
