import { plus } from '@/lib/clock';
import { testDatabase } from '@/tests/support/database';
import { somebody, worldOn } from '@/tests/support/world';
import { setsZone } from '@/tests/support/zones';

const db = testDatabase();

/** Summer time begins in Berlin at 01:00 UTC: one hour there does not exist, and in October one is there twice. */
const moments = [
  '2026-03-29T00:59:59.999Z',
  '2026-10-25T00:30:00.000Z',
  '2026-10-25T01:30:00.000Z',
  '2028-02-29T23:59:59.000Z',
];

describe.each(['UTC', 'Europe/Berlin', 'Asia/Shanghai', 'America/New_York', 'Asia/Kathmandu'])(
  'TIM-1: a session in %s',
  (zone) => {
    setsZone(db, zone);

    test.each(moments)('keeps the moment %s, by a model and by SQL, both ways', async (iso) => {
      const at = new Date(iso);
      const { id } = await somebody(worldOn(db));
      await db.session.create({ data: { tokenHash: iso, userId: id, createdAt: at, lastSeenAt: at, expiresAt: at } });
      const [row] = await db.$queryRaw<{ at: Date; ms: number; same: boolean }[]>`
      SELECT "expiresAt" AS at, (EXTRACT(EPOCH FROM "expiresAt") * 1000)::float8 AS ms, "expiresAt" = ${at} AS same
      FROM "Session" WHERE "expiresAt" >= ${at} AND "expiresAt" < ${plus(at, 1)}`;
      expect(row).toEqual({ at, ms: at.getTime(), same: true });
      expect(await db.session.findFirst({ where: { expiresAt: at } })).toMatchObject({ createdAt: at, expiresAt: at });
    });

    test('keeps lists of moments, inside a transaction as well', async () => {
      const hits = moments.map((iso) => new Date(iso));
      const [row] = await db.$transaction(async (tx) => {
        await tx.counter.create({ data: { key: 'k', hits, expiresAt: new Date() } });
        return tx.$queryRaw<{ hits: Date[]; ms: number }[]>`
        SELECT hits, (EXTRACT(EPOCH FROM hits[1]) * 1000)::float8 AS ms FROM "Counter" WHERE hits[1] = ${hits[0]}`;
      });
      expect(row?.hits.map((at) => new Date(at))).toEqual(hits);
      expect(row?.ms).toBe(hits[0]?.getTime());
      expect((await db.counter.findFirstOrThrow()).hits).toEqual(hits);
    });

    test('agrees with the database on what time it is', async () => {
      const before = Date.now();
      const [row] = await db.$queryRaw<{ now: Date; ms: number }[]>`
      SELECT now()::timestamptz(3) AS now, (EXTRACT(EPOCH FROM now()::timestamptz(3)) * 1000)::float8 AS ms`;
      expect(row?.now.getTime()).toBe(row?.ms);
      expect(Math.abs((row?.ms ?? 0) - before)).toBeLessThan(60_000);
    });

    test('keeps a day a day', async () => {
      const spentOn = new Date('2026-11-28T00:00:00Z');
      await db.smsCountry.create({ data: { country: 'DE', spentOn } });
      expect(await db.smsCountry.findFirst({ where: { spentOn } })).toMatchObject({ spentOn });
    });
  },
);
