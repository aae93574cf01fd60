import { randomBytes } from 'node:crypto';
import { onEveryRequest } from '@/lib/web/on-request';

/** Where start-up writes the socket's address, for `headers()` to read. Nothing outside this process sets it. */
export const PEER_HEADER = 'x-latchkey-peer';

// On globalThis: instrumentation, routes and proxy.ts load modules separately.
const shared = globalThis as typeof globalThis & { latchkeyPeerToken?: string };

/**
 * Writes each request's socket address into a private header, over whatever the client sent (RL-3). Next hands requests
 * on without their sockets, and itself keeps an X-Forwarded-For of the client's.
 *
 * The value carries a word that only this process knows. By it, a request that Next makes to itself (an action that
 * another page has, the page an action redirects to) keeps the address of the client for whom it is made; and where
 * nothing wraps the server, as on serverless, the header of a client is worth nothing.
 * @param onForwarded called once, when a client's or a proxy's forwarded header is seen
 */
export function installPeerHeader(onForwarded?: () => void): void {
  shared.latchkeyPeerToken ??= randomBytes(24).toString('base64url');
  const token = shared.latchkeyPeerToken;
  let told = !onForwarded;
  onEveryRequest('peer', ({ headers, socket }) => {
    const sent = headers[PEER_HEADER];
    if (typeof sent === 'string' && peerOf(sent) !== undefined) return;
    headers[PEER_HEADER] = `${token} ${socket.remoteAddress ?? ''}`;
    if (told || (headers['x-forwarded-for'] ?? headers.forwarded) === undefined) return;
    told = true;
    onForwarded?.();
  });
}

/** @param value of the header @returns the socket's address as Node writes it; undefined where start-up did not write it */
export function peerOf(value: string | null | undefined): string | undefined {
  const [token, address] = (value ?? '').split(' ');
  return shared.latchkeyPeerToken && token === shared.latchkeyPeerToken ? address : undefined;
}
