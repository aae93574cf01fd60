import { testDatabase } from '@/tests/support/database';
import { asksForCode } from '@/tests/support/person';
import { somebody, worldOn } from '@/tests/support/world';

const db = testDatabase();

test('POST-2: neither the right code nor the new password signs anybody in, or makes the browser a known one', async () => {
  const world = worldOn(db);
  await somebody(world);
  const ana = await asksForCode(world, 'ana@latchkey.test');
  expect(await ana.typesTheCode()).toMatchObject({ status: 'proved' });
  expect([await db.session.count(), await db.device.count()]).toEqual([0, 0]);
  expect(await ana.chooses('brass otter lantern')).toMatchObject({ status: 'changed' });
  expect([await db.session.count(), await db.device.count()]).toEqual([0, 0]);
  expect(await db.auditEvent.count({ where: { type: 'sign_in_succeeded' } })).toBe(0);
});
