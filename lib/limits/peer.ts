import { randomBytes } from 'node:crypto';
import { type IncomingMessage, Server } from 'node:http';

/** Where start-up writes the socket's address, for `headers()` to read. Nothing outside this process sets it. */
export const PEER_HEADER = 'x-latchkey-peer';

// On globalThis: instrumentation, routes and proxy.ts load modules separately. In development start-up runs again
// whenever it is compiled, and must not wrap what it has wrapped.
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
  if (shared.latchkeyPeerToken) return;
  shared.latchkeyPeerToken = randomBytes(24).toString('base64url');
  const token = shared.latchkeyPeerToken;
  const emit = Server.prototype.emit;
  let told = !onForwarded;
  Server.prototype.emit = function (this: Server, event: string | symbol, ...rest: unknown[]): boolean {
    if (event === 'request') {
      const { headers, socket } = rest[0] as IncomingMessage;
      if (peerOf(single(headers[PEER_HEADER])) === undefined) {
        headers[PEER_HEADER] = `${token} ${socket.remoteAddress ?? ''}`;
        if (!told && (headers['x-forwarded-for'] ?? headers.forwarded) !== undefined) {
          told = true;
          onForwarded?.();
        }
      }
    }
    return Reflect.apply(emit, this, [event, ...rest]);
  };
}

/** @param value of the header @returns the socket's address as Node writes it; undefined where start-up did not write it */
export function peerOf(value: string | null | undefined): string | undefined {
  const [token, address] = (value ?? '').split(' ');
  return shared.latchkeyPeerToken && token === shared.latchkeyPeerToken ? address : undefined;
}

const single = (value: string | string[] | undefined): string | undefined =>
  Array.isArray(value) ? value.join(', ') : value;
