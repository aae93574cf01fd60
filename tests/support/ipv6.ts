import { callerFrom } from '@/lib/caller';
import { addressKey } from '@/lib/limits/client-address';
import type { World } from './world';

/** The same world as it is seen from this address, with no device. @param written such as 2001:db8::1 */
export const from = (world: World, written: string): World => ({
  ...world,
  caller: callerFrom(world.keyring, addressKey(written) ?? '', []),
});

/** From a /64 of its own in one /56, such as a home has. @param n 0 to 255 */
export const fromHome = (world: World, n: number): World => from(world, `2001:db8:1:${n.toString(16)}::1`);

/** From a /56 of its own in one /48, such as an office has. @param n 0 to 255 */
export const fromOffice = (world: World, n: number): World => from(world, `2001:db8:2:${(n * 256).toString(16)}::1`);
