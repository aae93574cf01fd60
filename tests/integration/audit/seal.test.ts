import { randomBytes } from 'node:crypto';
import { audit } from '@/lib/audit/audit';
import { purgeBatches } from '@/lib/audit/purge-batches';
import { MOST_EVENTS, sealEvents } from '@/lib/audit/seal';
import { verifyAudit } from '@/lib/audit/verify';
import { systemClock } from '@/lib/clock';
import { createKeyring } from '@/lib/keys/keyring';
import { describeVerified, readExpected } from '@/scripts/support/audit-verify-command';
import { testDatabase } from '@/tests/support/database';
import { worldOn } from '@/tests/support/world';

// AUD-3: whoever holds the database and not the pepper changes nothing of the log unnoticed.

const db = testDatabase();
const keyring = createKeyring([{ id: 'k1', secret: randomBytes(32) }], randomBytes(32));
const deps = { db, keyring, clock: systemClock };
const verified = (expected: Parameters<typeof verifyAudit>[1] = null) =>
  verifyAudit({ ...deps, now: new Date() }, expected);
const found = async () => (await verified()).findings.map(({ what, batch }) => `${batch}: ${what}`);

/** Three batches of two events each. */
async function threeBatches(): Promise<string[]> {
  for (let batch = 0; batch < 3; batch += 1) {
    for (const type of ['sign_in_failed', 'sign_in_succeeded'] as const)
      await audit(db, { at: new Date(), type, source: `s${batch}`, detail: { b: 1, a: 'ä“\u2028', c: true } });
    expect(await sealEvents(deps, 'now')).toBe(false);
  }
  const rows = await db.auditEvent.findMany({ orderBy: [{ batch: 'asc' }, { id: 'asc' }] });
  return rows.map(({ id }) => id);
}

test('what was left alone is as it was sealed; what is newer waits for its seal', async () => {
  await threeBatches();
  await audit(db, { at: new Date(), type: 'signed_out' });
  expect(await verified()).toMatchObject({
    ...{ batches: 3, events: 6, purgedBatches: 0, found: 0, findings: [] },
    unsealed: { events: 1 },
    newest: { number: 3 },
  });
});

describe('somebody with the database alone', () => {
  let ids: string[];
  beforeEach(async () => {
    ids = await threeBatches();
  });
  const second = () => ({ id: ids[2] ?? '' });

  test.each([
    ['type', { type: 'sign_in_succeeded!' }],
    ['time', { at: new Date(0) }],
    ['person', { subjectId: '0b9e1f3a-1111-4222-8333-444455556666' }],
    ['actor', { actorId: '0b9e1f3a-1111-4222-8333-444455556666' }],
    ['source', { source: 's9' }],
    ['trail', { correlationId: 'x' }],
    ['detail', { detail: { a: 'ä', b: 1, c: true } }],
  ])('who alters an event’s %s is found out, and which event it was', async (_what, data) => {
    await db.auditEvent.update({ where: second(), data });
    expect(await verified()).toMatchObject({ found: 1, findings: [{ what: 'row-altered', batch: 2, id: ids[2] }] });
  });

  test('who removes one', async () => {
    await db.auditEvent.delete({ where: second() });
    expect(await verified()).toMatchObject({ found: 1, findings: [{ what: 'row-missing', batch: 2, id: ids[2] }] });
  });

  test('who puts one in, into a batch or beyond them', async () => {
    await db.auditEvent.create({ data: { at: new Date(), type: 'signed_out', batch: 2 } });
    await db.auditEvent.create({ data: { at: new Date(), type: 'signed_out', batch: 9 } });
    expect(await found()).toEqual(['2: row-added', '9: row-added']);
  });

  test('who moves one to another batch', async () => {
    await db.auditEvent.update({ where: second(), data: { batch: 3 } });
    expect(await found()).toEqual(['2: row-missing', '3: row-added']);
  });

  test('who removes an event and its place in the batch', async () => {
    await db.auditEvent.delete({ where: second() });
    const { ids: all, hashes } = await db.auditBatch.findUniqueOrThrow({ where: { number: 2 } });
    const left = { count: 1, ids: all.subarray(16), hashes: hashes.subarray(16) };
    await db.auditBatch.update({ where: { number: 2 }, data: left });
    expect(await found()).toEqual(['2: batch-altered', '2: batch-altered']);
  });

  test('who removes a batch with its events, in the middle, at the beginning', async () => {
    await db.auditEvent.deleteMany({ where: { batch: 2 } });
    await db.auditBatch.delete({ where: { number: 2 } });
    expect(await found()).toEqual(['2: batch-missing']);
    await db.auditEvent.deleteMany({ where: { batch: 1 } });
    await db.auditBatch.delete({ where: { number: 1 } });
    expect(await found()).toEqual(['1: batch-missing']);
  });

  test('who calls it purged before its time', async () => {
    await db.auditEvent.deleteMany({ where: { batch: 1 } });
    await db.auditBatch.update({ where: { number: 1 }, data: { purgedAt: new Date() } });
    expect(await found()).toEqual(['1: purged-too-early']);
    await db.auditBatch.update({ where: { number: 1 }, data: { sealedAt: new Date('2020-01-01') } });
    expect(await found()).toEqual(['1: batch-altered']);
  });

  test('who cuts the end off is found out by a seal that was noted before', async () => {
    const { newest } = await verified();
    await db.auditEvent.deleteMany({ where: { batch: 3 } });
    await db.auditBatch.delete({ where: { number: 3 } });
    expect(await found()).toEqual([]);
    expect(await verified(newest)).toMatchObject({ findings: [{ what: 'seal-not-there', batch: 3 }] });
    await audit(db, { at: new Date(), type: 'signed_out' });
    await sealEvents(deps, 'now');
    expect(await verified(newest)).toMatchObject({ findings: [{ what: 'seal-not-there', batch: 3 }] });
  });
});

test('whole batches go, the oldest first, and the chain hangs on the last of them', async () => {
  await threeBatches();
  const { newest } = await verified();
  await db.auditBatch.updateMany({ where: { number: { lt: 3 } }, data: { sealedAt: new Date('2020-01-01') } });
  // As if they had been sealed then: what follows is about the purge.
  const resealed = await import('@/lib/audit/batch-mac');
  let previous = '';
  for (const batch of await db.auditBatch.findMany({ orderBy: { number: 'asc' } })) {
    const mac = resealed.batchMac(keyring, { ...batch, previous });
    await db.auditBatch.update({ where: { number: batch.number }, data: { previous, mac } });
    previous = mac;
  }
  await purgeBatches(db, 1, new Date());
  await purgeBatches(db, 1, new Date());
  // Half gone is no theft.
  expect(await db.auditEvent.count()).toBe(5);
  expect(await found()).toEqual([]);
  while ((await purgeBatches(db, 1, new Date())) > 0);
  expect(await db.auditEvent.count()).toBe(2);
  expect(await db.auditBatch.findMany({ select: { number: true }, orderBy: { number: 'asc' } })).toEqual([
    { number: 2 },
    { number: 3 },
  ]);
  expect(await verified()).toMatchObject({ found: 0, purgedBatches: 2, batches: 1, events: 2 });
  expect(await verified({ number: 1, mac: 'f'.repeat(64) })).toMatchObject({ found: 0 });
  expect(newest).toMatchObject({ number: 3 });
});

test('a batch is sealed where it is worth one: many wait, or one has waited for five minutes', async () => {
  await audit(db, { at: new Date(), type: 'signed_out' });
  await sealEvents(deps);
  expect(await db.auditBatch.count()).toBe(0);
  await audit(db, { at: new Date(Date.now() - 5 * 60_000 - 1_000), type: 'signed_out' });
  await sealEvents(deps);
  expect(await db.auditBatch.findMany()).toMatchObject([{ number: 1, count: 2 }]);
  const many = Array.from({ length: MOST_EVENTS + 1 }, () => ({ at: new Date(), type: 'signed_out' as const }));
  await audit(db, ...many);
  expect(await sealEvents(deps)).toBe(true);
  expect(await sealEvents(deps, 'now')).toBe(false);
  expect(await verified()).toMatchObject({ found: 0, batches: 3, events: MOST_EVENTS + 3 });
});

test('the command says what does not fit, and how to find out about the end', async () => {
  await threeBatches();
  const right = describeVerified(await verified(), new Date());
  expect(right).toMatchObject({ ok: true, text: expect.stringMatching(/^6 sealed events in 3 batches: all there/) });
  const seal = /keep elsewhere: (.+)$/m.exec(right.text)?.[1] ?? '';
  expect(await verified(readExpected(['--expect', seal]))).toMatchObject({ found: 0 });
  await db.auditEvent.updateMany({ where: { batch: 2 }, data: { source: 'other' } });
  const wrong = describeVerified(await verified(), new Date());
  expect(wrong.ok).toBe(false);
  expect(wrong.text).toMatch(/^2 things do not fit.*\n {2}batch 2: an event was altered \([0-9a-f-]{36}\)\n/);
  for (const args of [['--expect', '3'], ['--expect'], ['--other'], ['x']])
    expect(() => readExpected(args)).toThrow(/audit:verify/);
});

test('a server’s own round seals', async () => {
  const world = worldOn(db);
  const { createUpkeep } = await import('@/lib/upkeep/upkeep');
  await audit(db, { at: new Date(Date.now() - 10 * 60_000), type: 'signed_out' });
  await createUpkeep(world)();
  expect(await db.auditBatch.count()).toBe(1);
  expect(await verifyAudit({ db, keyring: world.keyring, now: new Date() })).toMatchObject({ found: 0, events: 1 });
});
