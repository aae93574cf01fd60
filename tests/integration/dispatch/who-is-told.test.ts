import { attacks } from '@/tests/support/attacker';
import { anAdmin } from '@/tests/support/authenticator';
import { testDatabase } from '@/tests/support/database';
import { asksForCode } from '@/tests/support/person';
import { deliver, somebody, worldOn } from '@/tests/support/world';

const db = testDatabase();
const email = 'ana@latchkey.test';

test.each(['email', 'sms'] as const)(
  'POST-3: where only %s has a transport, no “password changed” is queued for the other channel',
  async (only) => {
    const world = worldOn(db, { offered: [only] });
    await somebody(world);
    const ana = await asksForCode(world, email, only);
    await ana.typesTheCode();
    expect(await ana.chooses('brass otter lantern')).toMatchObject({ status: 'changed' });
    const notices = await db.delivery.findMany({ where: { kind: 'password_changed' } });
    expect(notices.map(({ channel }) => channel)).toEqual([only]);
  },
);

test('POST-3: with both, both are told', async () => {
  const world = worldOn(db);
  await somebody(world);
  const ana = await asksForCode(world, email);
  await ana.typesTheCode();
  await ana.chooses('brass otter lantern');
  const notices = await db.delivery.findMany({ where: { kind: 'password_changed' } });
  expect(notices.map(({ channel }) => channel).sort()).toEqual(['email', 'sms']);
});

test('VER-3: an owner who is an admin is told of guessing once', async () => {
  const world = worldOn(db);
  const owner = await anAdmin(world, email);
  const other = await anAdmin(world, 'other@latchkey.test');
  for (let round = 0; round < 21; round += 1) await attacks(world, email, 5);
  const told = await db.delivery.findMany({ where: { kind: 'guessing' } });
  expect(told.map(({ userId }) => userId).sort()).toEqual([owner.id, other.id].sort());
});

test('ENU-2: a decoy leaves no `delivery_sent` event, and a message that left does', async () => {
  const world = worldOn(db);
  await somebody(world);
  const sent = () => db.auditEvent.findMany({ where: { type: { startsWith: 'delivery_' } } });
  await asksForCode(world, 'nobody@latchkey.test');
  await deliver(world);
  expect(await db.delivery.findFirstOrThrow()).toMatchObject({ userId: null, status: 'sent' });
  expect(await sent()).toEqual([]);
  await asksForCode(world, email);
  expect(await sent()).toMatchObject([{ type: 'delivery_sent' }]);
});
