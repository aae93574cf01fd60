import 'server-only';
import { z } from 'zod';
import { container } from '@/lib/container';
import { readCookie, writeCookie } from './cookies';
import { rememberDevice } from './devices';
import { seal, unseal } from './seal';

const TTL_SECONDS = 365 * 24 * 60 * 60;
const shape = z.strictObject({ devices: z.array(z.uuid()).max(10) });

/** The devices that this browser may claim to be. A sealed word only: whoever reads it asks the rows. */
export async function readDevices(): Promise<readonly string[]> {
  const sealed = await readCookie('device');
  const parsed = shape.safeParse(sealed ? await unseal(container().keyring, 'device', sealed, TTL_SECONDS) : undefined);
  return parsed.success ? parsed.data.devices : [];
}

/** Marks this browser as known to the account that has just signed in. It never signs anyone in. */
export async function rememberThisDevice(who: { userId: string; passwordVersion: number }): Promise<void> {
  const { keyring } = container();
  const devices = await rememberDevice(container(), who, await readDevices());
  await writeCookie('device', await seal(keyring, 'device', { devices }, TTL_SECONDS), TTL_SECONDS);
}
