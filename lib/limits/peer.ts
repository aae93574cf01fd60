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
 * What a proxy says of its client counts only from a trusted peer: from any other its headers are removed here, before
 * Next or anything else can read them.
 */
export function installPeerHeader({ trusted, onForwarded, onStranger }: Peers): void {
  shared.latchkeyPeerToken ??= randomBytes(24).toString('base64url');
  const token = shared.latchkeyPeerToken;
  const tell = { forwarded: once(onForwarded), stranger: once(onStranger) };
  onEveryRequest('peer', ({ headers, socket }) => {
    const sent = headers[PEER_HEADER];
    if (typeof sent === 'string' && peerOf(sent) !== undefined) return;
    headers[PEER_HEADER] = `${token} ${socket.remoteAddress ?? ''}`;
    const forwarded = (headers['x-forwarded-for'] ?? headers.forwarded) !== undefined;
    if (forwarded) tell.forwarded();
    if (trusted(socket.remoteAddress)) return;
    if (forwarded) tell.stranger();
    for (const name of FORWARDED) delete headers[name];
  });
}

type Peers = {
  /** Whether X-Forwarded-* of a socket's address count. @param peer as Node writes it */
  trusted(peer: string | undefined): boolean;
  /** Called once, when anybody's forwarded header is seen. */
  onForwarded?: (() => void) | undefined;
  /** Called once, when an untrusted peer's is. */
  onStranger?: (() => void) | undefined;
};

/** By which proxies speak of their clients. */
const FORWARDED = [
  'forwarded',
  'x-forwarded-for',
  'x-forwarded-host',
  'x-forwarded-port',
  'x-forwarded-proto',
  'x-real-ip',
];

function once(tell: (() => void) | undefined): () => void {
  let told = false;
  return () => {
    if (!told) tell?.();
    told = true;
  };
}

/** @param value of the header @returns the socket's address as Node writes it; undefined where start-up did not write it */
export function peerOf(value: string | null | undefined): string | undefined {
  const [token, address] = (value ?? '').split(' ');
  return shared.latchkeyPeerToken && token === shared.latchkeyPeerToken ? address : undefined;
}
