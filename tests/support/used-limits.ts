import { type wanted, wantedFrom } from '@/lib/limits/count-hits';
import type { World } from './world';

/** As many hits as said in this client's row of a policy, just now. */
export async function uses(world: World, policy: Parameters<typeof wanted>[0], hits: number): Promise<void> {
  const [row] = wantedFrom(world.caller, policy);
  if (!row) throw new Error(policy);
  const { key, most, windowMs } = row;
  const now = world.clock.now();
  const used = { most, windowMs, hits: Array<Date>(hits).fill(now), expiresAt: new Date(now.getTime() + windowMs) };
  await world.db.counter.upsert({ where: { key }, create: { key, ...used }, update: used });
}
