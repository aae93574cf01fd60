import 'server-only';
import { container } from '@/lib/container';
import { type Caller, callerFrom } from '@/lib/limits/caller';
import { clientAddress } from './client-address';
import { readDevices } from './device-cookie';

/** Who asks, for pages and actions: the client's address and the devices that its cookie names. */
async function caller(): Promise<Caller> {
  return callerFrom(container().keyring, await clientAddress(), await readDevices());
}

/** What a use-case of the flow is given where a page or an action calls it. */
export const requestDeps = async () => ({ ...container(), caller: await caller() });
