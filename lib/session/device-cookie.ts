import 'server-only';
import { z } from 'zod';
import { container } from '@/lib/container';
import { readCookie, writeCookie } from './cookies';
import { rememberDevice } from './devices';
import { seal, unseal } from './seal';

const TTL_SECONDS = 365 * 24 * 60 * 60;
const shape = z.strictObject({ devices: z.array(z.uuid()).max(10) });

/** Marks this browser as known to the account that has just signed in. It never signs anyone in. */
export async function rememberThisDevice(who: { userId: string; passwordVersion: number }): Promise<void> {
  const { keyring } = container();
  const sealed = await readCookie('device');
  const parsed = shape.safeParse(sealed ? await unseal(keyring, 'device', sealed, TTL_SECONDS) : undefined);
  const devices = await rememberDevice(container(), who, parsed.success ? parsed.data.devices : []);
  await writeCookie('device', await seal(keyring, 'device', { devices }, TTL_SECONDS), TTL_SECONDS);
}
