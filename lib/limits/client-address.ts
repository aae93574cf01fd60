import { isIPv4, isIPv6 } from 'node:net';
import { PEER_HEADER, peerOf } from './peer';

/** What of `Headers` is asked. Repeated headers come joined by commas, as `Headers` and Node join them. */
export type HeadersLike = { get(name: string): string | null };

/** Nobody's address: whoever has none shares one bucket, so that hiding it gains nothing. */
const UNKNOWN_ADDRESS = 'unknown';

/**
 * The key by which limits count a client (RL-3). With no trusted proxy it is the socket's address, and no header moves
 * it; with n of them the n-th entry of X-Forwarded-For from the right, which the outermost of them wrote. Entries
 * further left are the client's own words.
 * @param trustedProxies TRUSTED_PROXIES
 * @returns an IPv4 address, the /64 of an IPv6 one (a customer has at least that many addresses), or `unknown`
 */
export function clientAddressOf(headers: HeadersLike, trustedProxies: number): string {
  const peer = addressKey(peerOf(headers.get(PEER_HEADER)) ?? '') ?? UNKNOWN_ADDRESS;
  if (trustedProxies === 0) return peer;
  const entries = (headers.get('x-forwarded-for') ?? '').split(',');
  return addressKey(entries.at(-trustedProxies) ?? '') ?? peer;
}

/** @param written an address with or without a port, brackets, a zone @returns undefined where it is none */
export function addressKey(written: string): string | undefined {
  const bare = bareAddress(written.trim());
  if (isIPv4(bare)) return bare;
  return isIPv6(bare) ? ipv6Key(bare) : undefined;
}

function bareAddress(written: string): string {
  const bracketed = /^\[([^\]]+)\](?::\d{1,5})?$/.exec(written)?.[1];
  const withPort = /^([\d.]+):\d{1,5}$/.exec(written)?.[1];
  return (bracketed ?? withPort ?? written).replace(/%.*$/, '');
}

function ipv6Key(address: string): string {
  const groups = groupsOf(address);
  // ::ffff:0:0/96 is an IPv4 address as a socket of both families writes it.
  if (groups.slice(0, 5).every((group) => group === 0) && groups[5] === 0xffff) {
    const [high = 0, low = 0] = groups.slice(6);
    return [high >> 8, high & 255, low >> 8, low & 255].join('.');
  }
  const network = groups.slice(0, 4).map((group) => group.toString(16));
  // A URL writes it in the one canonical way (RFC 5952).
  return `${new URL(`http://[${network.join(':')}::]`).hostname.slice(1, -1)}/64`;
}

/** @returns the eight numbers of a valid IPv6 address */
function groupsOf(address: string): number[] {
  const [head = [], tail] = new URL(`http://[${address}]`).hostname
    .slice(1, -1)
    .split('::')
    .map((part) => (part === '' ? [] : part.split(':').map((group) => Number.parseInt(group, 16))));
  if (!tail) return head;
  return [...head, ...Array<number>(8 - head.length - tail.length).fill(0), ...tail];
}
