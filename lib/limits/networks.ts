import ipaddr from 'ipaddr.js';

/** A network that a client is part of, and how many times a single client's numbers all of it may use. */
export type Network = { address: string; times: number };

/** What one customer gets of IPv6 is a /56 at home and a /48 in an office: a /64 alone is a limit for nobody (RL-2). */
const widths = [
  { bits: 56, times: 2 },
  { bits: 48, times: 5 },
] as const;

/**
 * @param key as `clientAddressOf` gives it
 * @returns the wider networks around an IPv6 /64, in CIDR notation; none for IPv4 and for a client without an address
 */
export function widerNetworks(key: string): Network[] {
  const [address = ''] = key.split('/');
  if (!ipaddr.IPv6.isValid(address)) return [];
  return widths.map(({ bits, times }) => ({
    address: `${ipaddr.IPv6.networkAddressFromCIDR(`${address}/${bits}`)}/${bits}`,
    times,
  }));
}
