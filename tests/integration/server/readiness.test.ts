import { seconds, systemClock } from '@/lib/clock';
import { connect } from '@/lib/db/client';
import { createReadiness } from '@/lib/status/readiness';
import { testDatabase } from '@/tests/support/database';
import { openLine } from '@/tests/support/line';
import { countedDatabase } from '@/tests/support/statements';

const db = testDatabase();
const url = () => new URL(process.env.DATABASE_URL ?? '');
const unavailable = { ready: false, database: 'unavailable', outbox: 'unknown' };

test('OBS-3: a database that takes a write is ready', async () => {
  expect(await createReadiness()({ db, clock: systemClock })).toEqual({ ready: true, database: 'ok', outbox: 'ok' });
});

test('OBS-3: one that only reads is not', async () => {
  const address = url();
  address.searchParams.set('options', '-c default_transaction_read_only=on');
  const reading = connect(address.href);
  await reading.user.count();
  expect(await createReadiness()({ db: reading, clock: systemClock })).toEqual(unavailable);
  await reading.$disconnect();
});

test('OBS-3: one whose disk is full is not', async () => {
  await db.$executeRawUnsafe(
    `CREATE FUNCTION full_disk() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN RAISE 'could not extend file: No space left on device' USING ERRCODE = '53100'; END $$`,
  );
  await db.$executeRawUnsafe(
    'CREATE TRIGGER full_disk BEFORE INSERT OR UPDATE ON "Counter" EXECUTE FUNCTION full_disk()',
  );
  try {
    await db.counter.count();
    expect(await createReadiness()({ db, clock: systemClock })).toEqual(unavailable);
  } finally {
    await db.$executeRawUnsafe('DROP FUNCTION full_disk CASCADE');
  }
});

test('OBS-3: one that has fallen silent is not, and the answer comes within 3 s', async () => {
  const address = url();
  const line = await openLine({ host: address.hostname, port: Number(address.port || 5432) });
  const away = connect(Object.assign(address, { hostname: '127.0.0.1', port: String(line.port) }).href);
  await away.user.count();
  line.silence();
  const began = performance.now();
  expect(await createReadiness()({ db: away, clock: systemClock })).toEqual(unavailable);
  expect(performance.now() - began).toBeLessThan(seconds(4));
  line.close();
  await away.$disconnect();
});

test('OBS-3: an old outbox is told and is no reason to take an instance away', async () => {
  await db.$executeRaw`
    INSERT INTO "Delivery" (kind, channel, status, "queuedAt", "nextAttemptAt")
    VALUES ('code', 'email', 'queued', now() - interval '10 minutes', now() - interval '10 minutes')`;
  expect(await createReadiness()({ db, clock: systemClock })).toEqual({ ready: true, database: 'ok', outbox: 'stuck' });
});

test('OBS-3: many who ask at once cost one write', async () => {
  const { db: counted, statements } = countedDatabase();
  const readiness = createReadiness();
  await Promise.all(Array.from({ length: 100 }, () => readiness({ db: counted, clock: systemClock })));
  expect(statements.filter((statement) => statement.includes('INSERT'))).toHaveLength(1);
  await counted.$disconnect();
});
