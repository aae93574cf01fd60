import { audit } from '@/lib/audit/audit';
import { MOST_EVENTS, sealEvents } from '@/lib/audit/seal';
import { verifyAudit } from '@/lib/audit/verify';
import { testDatabase } from '@/tests/support/database';
import { worldOn } from '@/tests/support/world';

const db = testDatabase();

test('of eight processes that seal beside a busy service each event is sealed once, and the chain is whole', async () => {
  const world = worldOn(db);
  const event = () => ({ at: new Date(), type: 'sign_in_failed' as const, detail: { tries: 1 } });
  await audit(db, ...Array.from({ length: MOST_EVENTS + 500 }, event));
  const acts = Array.from({ length: 40 }, () => audit(db, event(), event()));
  const seals = Array.from({ length: 8 }, async () => {
    while (await sealEvents(world, 'now'));
  });
  await Promise.all([...acts, ...seals]);
  while (await sealEvents(world, 'now'));
  await sealEvents(world, 'now');
  const verified = await verifyAudit({ db, keyring: world.keyring, now: new Date() });
  expect(verified).toMatchObject({ found: 0, events: MOST_EVENTS + 580, unsealed: { events: 0 } });
});

test('an act that commits after the batch of its time was sealed goes into the next', async () => {
  const world = worldOn(db);
  await db.$transaction(async (tx) => {
    await audit(tx, { at: new Date(Date.now() - 3_600_000), type: 'password_changed' });
    await audit(db, { at: new Date(), type: 'signed_out' });
    await sealEvents(world, 'now');
  });
  expect(await db.auditBatch.findMany()).toMatchObject([{ number: 1, count: 1 }]);
  await sealEvents(world, 'now');
  expect(await verifyAudit({ db, keyring: world.keyring, now: new Date() })).toMatchObject({ found: 0, batches: 2 });
});
