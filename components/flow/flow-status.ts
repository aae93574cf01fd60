type Channel = 'email' | 'sms';

/** One delivery of the code. A later one carries the same code by the other channel. Times are ms from the request. */
export type DeliveryStep = {
  channel: Channel;
  state: 'queued' | 'sending' | 'sent' | 'delivered' | 'failed';
  /** Waiting for its next try. */
  again: boolean;
  sentMs: number | null;
  deliveredMs: number | null;
};

/** What the server says of the code on its way. `delivery` is there only on a device that the account knows. */
export type FlowStatus = {
  health: { state: 'at-once' | 'slow' | 'unknown'; words: string };
  delivery?: { words: string; steps: readonly DeliveryStep[] };
};

/** Three of them, always, so that nothing moves while they change. */
export type Point = { label: string; ms: number | null; look: 'done' | 'now' | 'wait' | 'bad' };

const failedName = { email: 'Email failed', sms: 'Text failed' } as const;
const movedName = { email: 'Emailed', sms: 'Texted' } as const;

/** The line from the request to the phone or the mail provider. @param steps at least one */
export function pointsOf(steps: readonly DeliveryStep[]): readonly [Point, Point, Point] {
  const now = steps.at(-1);
  const before = steps.at(-2);
  const first: Point = before
    ? { label: failedName[before.channel], ms: null, look: 'bad' }
    : { label: 'Queued', ms: null, look: 'done' };
  const sent = before && now ? movedName[now.channel] : 'Sent';
  const end = now?.channel === 'sms' ? 'Delivered' : 'With your mail provider';
  const waiting = (label: string): Point => ({ label, ms: null, look: 'wait' });
  switch (now?.state) {
    case undefined:
    case 'queued':
      return [first, now?.again ? { label: 'Trying again', ms: null, look: 'now' } : waiting(sent), waiting(end)];
    case 'sending':
      return [first, { label: 'Sending', ms: null, look: 'now' }, waiting(end)];
    case 'sent': {
      // Nobody says when a mail provider passes a mail on: that is as far as the line goes.
      const last = now.channel === 'sms' ? 'On its way' : end;
      return [first, { label: sent, ms: now.sentMs, look: 'done' }, { label: last, ms: null, look: 'now' }];
    }
    case 'delivered':
      return [first, { label: sent, ms: now.sentMs, look: 'done' }, { label: end, ms: now.deliveredMs, look: 'done' }];
    case 'failed':
      return now.sentMs === null
        ? [first, { label: 'Not sent', ms: null, look: 'bad' }, waiting(end)]
        : [first, { label: sent, ms: now.sentMs, look: 'done' }, { label: 'Not delivered', ms: null, look: 'bad' }];
  }
}

/** `at once`, `0.2 s`, `12 s`, `2 min`. */
export function tookWords(ms: number): string {
  if (ms < 50) return 'at once';
  if (ms < 9_950) return `${(ms / 1000).toFixed(1)} s`;
  return ms < 60_000 ? `${Math.round(ms / 1000)} s` : `${Math.round(ms / 60_000)} min`;
}
