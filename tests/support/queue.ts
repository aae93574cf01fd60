import type { Channel } from '@/lib/otp/challenge';
import { requestCode } from '@/lib/reset/request-code';
import { start } from '@/lib/reset/start';
import { uncounted, type World } from './world';

/** Asks for a code and sends nothing: a process that commits and dies. @returns the delivery's id */
export async function queueCode(world: World, email: string, channel: Channel = 'email'): Promise<string> {
  const begun = start(email, world.clock.now());
  if (begun.status !== 'started') throw new Error('should start');
  const requested = await requestCode(await uncounted(world), begun.flow, channel);
  if (requested.status !== 'requested' || !requested.deliveryId) throw new Error('should be queued');
  return requested.deliveryId;
}
