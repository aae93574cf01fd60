import type { IncomingMessage, ServerResponse } from 'node:http';

/** Seconds after which a browser or a proxy may ask again. */
const RETRY_AFTER = '5';
const SENTENCE = 'This site is starting and does not reach its database yet. Please try again in a minute.\n';

/**
 * What a server says while it waits for its database: it lives, it is not ready, and all else comes later (OBS-3).
 * The pages stay closed, for what must be known of the database before they open is not known yet.
 * @returns false where it leaves the request to others: `/api/health`
 */
export function answerWhileWaiting({ url }: IncomingMessage, response: ServerResponse): boolean {
  const path = (url ?? '').split('?')[0];
  if (path === '/api/health') return false;
  const ready = { status: 'unavailable', database: 'unreachable', outbox: 'unknown' };
  const json = path === '/api/ready';
  response.writeHead(503, {
    'Content-Type': json ? 'application/json' : 'text/plain; charset=utf-8',
    'Cache-Control': 'no-store',
    'Retry-After': RETRY_AFTER,
    Connection: 'close',
  });
  response.end(json ? JSON.stringify(ready) : SENTENCE);
  return true;
}
