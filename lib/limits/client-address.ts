import { isIPv6 } from 'node:net';
import ipaddr from 'ipaddr.js';
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
  // Octal, hexadecimal and short forms are no addresses that a socket or a proxy writes.
  if (ipaddr.IPv4.isValidFourPartDecimal(bare)) return bare;
  if (!isIPv6(bare)) return undefined;
  const address = ipaddr.IPv6.parse(bare);
  // ::ffff:0:0/96 is an IPv4 address as a socket of both families writes it.
  if (address.isIPv4MappedAddress()) return address.toIPv4Address().toString();
  return `${ipaddr.IPv6.networkAddressFromCIDR(`${address}/64`)}/64`;
}

function bareAddress(written: string): string {
  const bracketed = /^\[([^\]]+)\](?::\d{1,5})?$/.exec(written)?.[1];
  const withPort = /^([\d.]+):\d{1,5}$/.exec(written)?.[1];
  return bracketed ?? withPort ?? written;
}
