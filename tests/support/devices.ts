import type { World } from './world';

/** The same world as a browser sees it that the account knows: its owner signed in there once. */
export async function fromKnownDevice(world: World, userId: string): Promise<World> {
  const at = world.clock.now();
  const { id } = await world.db.device.create({ data: { userId, createdAt: at, lastSeenAt: at } });
  return { ...world, caller: { address: 'hash of home', devices: [id] } };
}
