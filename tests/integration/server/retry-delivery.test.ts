import { retryDelivery } from '@/lib/admin/deliveries/retry-delivery';
import { testDatabase } from '@/tests/support/database';
import { failedCode } from '@/tests/support/failed-delivery';
import { somebody, worldOn } from '@/tests/support/world';

const db = testDatabase();
const admins = ['0b9e1f3a-1111-4222-8333-444455556666', '1b9e1f3a-1111-4222-8333-444455556666'] as const;

test('of admins who retry one delivery at once, one does and the others are told', async () => {
  const world = worldOn(db);
  await somebody(world);
  for (let round = 0; round < 15; round += 1) {
    await db.challenge.deleteMany();
    const id = await failedCode(world);
    const clicks = Array.from({ length: 8 }, (_, index) =>
      retryDelivery({ ...world, adminId: admins[index % 2 === 0 ? 0 : 1] }, id),
    );
    const outcomes = (await Promise.all(clicks)).map(({ status }) => status);
    expect(outcomes.sort()).toEqual([...Array(7).fill('already'), 'queued']);
    expect(await db.delivery.count({ where: { retryOf: id } })).toBe(1);
    expect(
      await db.auditEvent.count({ where: { type: 'delivery_retried', detail: { path: ['delivery'], equals: id } } }),
    ).toBe(1);
  }
});
