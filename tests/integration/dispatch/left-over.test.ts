import { minutes } from '@/lib/clock';
import { requestCode } from '@/lib/reset/request-code';
import { start } from '@/lib/reset/start';
import { testDatabase } from '@/tests/support/database';
import { deliver, messages, somebody, uncounted, type World, worldOn } from '@/tests/support/world';

const db = testDatabase();

/** A process that commits and dies before it sends. */
async function commitsAndDies(world: World): Promise<string> {
  const begun = start('ana@latchkey.test', world.clock.now());
  if (begun.status !== 'started') throw new Error('should start');
  const requested = await requestCode(await uncounted(world), begun.flow, 'email');
  if (requested.status !== 'requested' || !requested.deliveryId) throw new Error('should be queued');
  return requested.deliveryId;
}

describe('DEL-9: what a crash left over', () => {
  test('is sent at the next start, once', async () => {
    const world = worldOn(db);
    await somebody(world);
    for (let count = 0; count < 25; count += 1) await commitsAndDies(world);
    expect(await deliver(world)).toBe(25);
    expect(await deliver(world)).toBe(0);
    expect(await messages(world)).toHaveLength(25);
  });

  test('is sent when it died in the middle of a send, and its lease has ended', async () => {
    const world = worldOn(db);
    await somebody(world);
    const id = await commitsAndDies(world);
    await db.$executeRaw`UPDATE "Delivery" SET status = 'sending', "nextAttemptAt" = now() + interval '60 seconds' WHERE id = ${id}::uuid`;
    expect(await deliver(world)).toBe(0);
    await db.$executeRaw`UPDATE "Delivery" SET "nextAttemptAt" = now() - interval '1 second'`;
    expect(await deliver(world)).toBe(1);
    expect(await messages(world)).toHaveLength(1);
  });

  test('is not sent when its code has died meanwhile', async () => {
    const world = worldOn(db);
    await somebody(world);
    const id = await commitsAndDies(world);
    world.clock.advance(minutes(10));
    await deliver(world);
    expect(await messages(world)).toEqual([]);
    expect(await db.delivery.findUniqueOrThrow({ where: { id } })).toMatchObject({
      status: 'abandoned',
      errorCode: 'expired',
    });
  });

  test('says the minutes that remain (GEN-3)', async () => {
    const world = worldOn(db);
    await somebody(world);
    await commitsAndDies(world);
    world.clock.advance(minutes(4));
    await deliver(world);
    expect((await messages(world))[0]?.text).toMatch(/\b6 minutes\b/);
  });
});
