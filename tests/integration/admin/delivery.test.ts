import { eventsOf, readDelivery } from '@/lib/admin/deliveries/delivery';
import { readError } from '@/lib/admin/deliveries/error-reading';
import { retryDelivery } from '@/lib/admin/deliveries/retry-delivery';
import { testDatabase } from '@/tests/support/database';
import { failedCode } from '@/tests/support/failed-delivery';
import { asksForCode } from '@/tests/support/person';
import { deliver, latestCode, somebody, worldOn } from '@/tests/support/world';

const db = testDatabase();

test('one delivery: its tries, whom it went to masked, its events; never its code', async () => {
  const world = worldOn(db);
  await somebody(world);
  const visitor = await asksForCode(world, 'ana@latchkey.test');
  const code = await latestCode(world);
  await visitor.types(code);
  const { id } = await db.delivery.findFirstOrThrow();
  const seen = await readDelivery(db, id);
  if (!seen) throw new Error('it is there');
  expect(seen).toMatchObject({ status: 'sent', to: 'a…@latchkey.test', transport: 'inbox-email' });
  expect(seen.tries).toMatchObject([{ number: 1, accepted: true }]);
  const events = await eventsOf(db, seen);
  expect(events.map(({ type }) => type).sort()).toEqual(['code_requested', 'code_verified', 'delivery_sent']);
  const all = JSON.stringify([seen, events]);
  expect(all).not.toContain(code);
  expect(all).not.toContain('ana@');
  expect(all).not.toContain(world.keyring.pepperedHash('recipient', 'ana@latchkey.test'));
  // Its challenge goes before it: what names the delivery itself is still found.
  await db.challenge.deleteMany();
  const later = await readDelivery(db, id);
  expect(later && (await eventsOf(db, later)).map(({ type }) => type)).toEqual(['delivery_sent']);
});

test('what was sent again and what carried its code instead are linked, both ways', async () => {
  const world = worldOn(db);
  await somebody(world);
  const id = await failedCode(world);
  const retried = await retryDelivery({ ...world, adminId: '0b9e1f3a-1111-4222-8333-444455556666' }, id);
  if (retried.status !== 'queued') throw new Error(retried.status);
  await deliver(world);
  expect(await readDelivery(db, id)).toMatchObject({
    retriedBy: { id: retried.deliveryId, status: 'sent' },
    retryOf: null,
  });
  expect(await readDelivery(db, retried.deliveryId)).toMatchObject({
    retryOf: { id, status: 'failed' },
    retriedBy: null,
  });
  const { id: over } = await db.delivery.update({
    where: { id: retried.deliveryId },
    data: { retryOf: null, failoverOf: id },
  });
  expect(await readDelivery(db, id)).toMatchObject({ failedOver: { id: over }, retriedBy: null });
  expect(await readDelivery(db, over)).toMatchObject({ failoverOf: { id } });
});

test('there is no page for a decoy, nor for what is no id', async () => {
  const decoy = await db.delivery.create({
    data: { kind: 'code', channel: 'email', userId: null, queuedAt: new Date() },
  });
  for (const id of [decoy.id, '', 'x', "' OR 1=1", '0b9e1f3a-1111-4222-8333-444455556666', '../..', `${decoy.id}0`])
    expect(await readDelivery(db, id)).toBeNull();
});

test.each([
  ['550 5.1.1', 'smtp', 'recipient', 'There is no such mailbox.'],
  ['554', 'smtp', 'recipient', 'The provider refused this recipient.'],
  ['21610', 'twilio', 'recipient', 'This person answered STOP and gets no more messages from us.'],
  ['HTTP 403', 'twilio', 'account', 'The provider refused our account or our message, whoever it was for.'],
  ['ETIMEDOUT', 'twilio', 'passing', 'The provider did not answer in time.'],
  ['sms-budget', 'twilio', 'account', 'The day’s SMS budget was used up.'],
  ['no-transport', null, null, 'No provider of this channel was working.'],
] as const)('%s by %s is read in plain words', (code, transport, errorClass, reading) => {
  const read = readError(code, transport, errorClass);
  expect(read.reading).toBe(reading);
  expect(read.hint).not.toBe('');
});
