import { isIP } from 'node:net';
import ipaddr from 'ipaddr.js';

type Address = ipaddr.IPv4 | ipaddr.IPv6;
/** A network: an address, and how many of its bits count. */
export type Network = [Address, number];

/** Who may stand in front of the app without being listed: the same machine, and networks that the internet cannot reach. */
const NEAR = ['loopback', 'private', 'uniqueLocal', 'linkLocal'];

/** @returns undefined where it is no address. An IPv4 address that a socket of both families wrote is IPv4's. */
function addressOf(written: string): Address | undefined {
  const bare = written.replace(/%.*$/, '');
  return isIP(bare) ? ipaddr.process(bare) : undefined;
}

function networkOf(written: string): Network | undefined {
  const [text = '', prefix, ...rest] = written.split('/');
  const address = isIP(text) ? ipaddr.parse(text) : undefined;
  if (!address || rest.length > 0) return undefined;
  const bits = address.kind() === 'ipv4' ? 32 : 128;
  if (prefix === undefined) return [ipaddr.process(text), ipaddr.process(text).kind() === 'ipv4' ? 32 : 128];
  return /^\d{1,3}$/.test(prefix) && Number(prefix) <= bits ? [address, Number(prefix)] : undefined;
}

/**
 * @param written addresses and CIDR networks, comma-separated
 * @returns null where one of them is neither
 */
export function readPeers(written: string): Network[] | null {
  const found = written
    .split(',')
    .map((entry) => entry.trim())
    .filter((entry) => entry !== '')
    .map(networkOf);
  return found.every((network) => network !== undefined) ? found : null;
}

/**
 * RL-3: whose X-Forwarded-* headers count: a loopback or private peer's, and a listed one's.
 * @param peer the socket's address, as Node writes it
 */
export function isTrustedPeer(peer: string | undefined, listed: readonly Network[]): boolean {
  const address = addressOf(peer ?? '');
  if (!address) return false;
  if (NEAR.includes(address.range())) return true;
  return listed.some(([network, bits]) => network.kind() === address.kind() && address.match(network, bits));
}
