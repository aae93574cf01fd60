import 'server-only';
import { type Caller, callerFrom } from '@/lib/caller';
import { container } from '@/lib/container';
import { clientAddress } from './client-address';
import { readDevices } from './device-cookie';

/**
 * Who asks, for pages and actions: the client's address and the devices that its cookie names.
 * @param proof the form's field `proof`, anything
 */
async function caller(proof?: string): Promise<Caller> {
  return callerFrom(container().keyring, await clientAddress(), await readDevices(), proof);
}

/** What a use-case of the flow is given where a page or an action calls it. @param proof as for `caller` */
export const requestDeps = async (proof?: string) => ({ ...container(), caller: await caller(proof) });
