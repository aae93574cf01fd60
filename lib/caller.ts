import type { Keyring } from '@/lib/keys/keyring';
import { type Network, widerNetworks } from '@/lib/limits/networks';

/** Who is asking, as far as limits and the audit need to know. */
export type Caller = {
  /** A keyed hash of the client's network address, the same for a whole IPv6 /64 (RL-3). */
  address: string;
  /** The IPv6 networks around it, as keyed hashes too (RL-2). */
  wider?: readonly Network[];
  /** The devices that its sealed cookie names; the rows decide which of them are real. */
  devices: readonly string[];
  /** What the form's field `proof` brought, as it came: lib/proof judges it. */
  proof?: string | undefined;
};

/** @param address as `clientAddress` gives it */
export const callerFrom = (keyring: Keyring, address: string, devices: readonly string[], proof?: string): Caller => ({
  address: keyring.pepperedHash('address', address),
  wider: widerNetworks(address).map((one) => ({ ...one, address: keyring.pepperedHash('address', one.address) })),
  devices,
  proof,
});
