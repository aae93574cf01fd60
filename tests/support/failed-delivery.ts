import type { Prisma } from '@/generated/prisma/client';
import { queueCode } from './queue';
import type { World } from './world';

/** A code for Ana that was asked for and not taken by the provider. @returns the delivery's id */
export async function failedCode(
  world: World,
  changes: Partial<Prisma.DeliveryUncheckedUpdateInput> = {},
): Promise<string> {
  const id = await queueCode(world, 'ana@latchkey.test');
  const failed = {
    status: 'failed',
    errorClass: 'passing',
    errorCode: 'ETIMEDOUT',
    endedAt: world.clock.now(),
  } as const;
  await world.db.delivery.update({ where: { id }, data: { ...failed, ...changes } });
  return id;
}
