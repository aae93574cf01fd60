import { exportDeliveries } from '@/lib/admin/deliveries/export';
import { testDatabase } from '@/tests/support/database';
import { asked, pastDeliveries } from '@/tests/support/deliveries';
import { countedDatabase } from '@/tests/support/statements';
import { somebody, worldOn } from '@/tests/support/world';

const db = testDatabase();
const admin = '0b9e1f3a-1111-4222-8333-444455556666';
const world = () => worldOn(db);
const exported = async (search: string) =>
  new Response(await exportDeliveries(world(), admin, asked(search).filter)).text();
const audited = () => db.auditEvent.findMany({ where: { type: 'deliveries_exported' }, orderBy: { at: 'asc' } });

test('WEB-5: what a provider said cannot become a formula, and nobody’s address is in the file', async () => {
  const ana = await somebody(world());
  const [id = ''] = await pastDeliveries(db, ana.id, [
    { status: 'failed', errorCode: '=cmd|calc', attempts: 1, claims: 1, channel: 'sms', recipientMasked: '+1…23' },
  ]);
  const answer = '@evil "quoted", =1+1\r\nSet-Cookie: x';
  await db.deliveryAttempt.create({ data: { deliveryId: id, number: 1, transport: 'twilio', answer } });
  const text = await exported('');
  expect(text).toContain(`"'=cmd|calc"`);
  expect(text).toContain(`"'@evil ""quoted"", =1+1\r\nSet-Cookie: x"`);
  expect(text).toContain(`"'+1…23"`);
  expect(text).not.toMatch(/ana@|2025550123/);
});

test('holds what the filter holds, across batches, without decoys, and is audited with filter and count', async () => {
  const ana = await somebody(world());
  const at = new Date('2026-11-23T12:00:00Z');
  await pastDeliveries(
    db,
    ana.id,
    Array.from({ length: 2_300 }, (_, index) => ({ status: index % 2 ? 'sent' : 'failed', queuedAt: at })),
  );
  await pastDeliveries(db, null, [{}, {}]);
  const lines = (await exported('')).trimEnd().split('\r\n');
  expect(lines).toHaveLength(2_301);
  expect(new Set(lines).size).toBe(2_301);
  expect((await exported('status=failed&from=2026-11-23')).trimEnd().split('\r\n')).toHaveLength(1_151);
  expect(await audited()).toMatchObject([
    { actorId: admin, detail: { begun: true } },
    { actorId: admin, detail: { count: 2_300, whole: true } },
    { actorId: admin, detail: { begun: true, status: 'failed', from: '2026-11-23T00:00' } },
    { actorId: admin, detail: { count: 1_150, whole: true, status: 'failed', from: '2026-11-23T00:00' } },
  ]);
});

test('reads no further than its reader, and says in the audit that it was not all', async () => {
  const ana = await somebody(world());
  await pastDeliveries(
    db,
    ana.id,
    Array.from({ length: 5_000 }, () => ({})),
  );
  const counted = countedDatabase();
  const stream = await exportDeliveries({ ...world(), db: counted.db }, admin, asked('').filter);
  const reader = stream.getReader();
  await reader.read();
  await reader.read();
  await new Promise((resolve) => setTimeout(resolve, 100));
  const reads = counted.statements.filter((statement) => statement.includes('MATERIALIZED'));
  expect(reads).toHaveLength(1);
  await reader.cancel();
  await counted.db.$disconnect();
  expect(await audited()).toMatchObject([{ detail: { begun: true } }, { detail: { count: 250, whole: false } }]);
});
