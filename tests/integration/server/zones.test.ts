import { Client } from 'pg';
import { minutes } from '@/lib/clock';
import { connect, type Database } from '@/lib/db/client';
import { requestCode } from '@/lib/reset/request-code';
import { start } from '@/lib/reset/start';
import { clockProblems } from '@/lib/server/clock-problems';
import { confirmSession, createSession } from '@/lib/session/sessions';
import { purge } from '@/lib/upkeep/purge';
import { anAdmin } from '@/tests/support/authenticator';
import { testDatabase } from '@/tests/support/database';
import { hasPgBouncer, type Pooler, startPgBouncer } from '@/tests/support/pgbouncer';
import { withProof } from '@/tests/support/proofs';
import { fromElsewhere, somebody, worldOn } from '@/tests/support/world';

testDatabase();
const url = process.env.DATABASE_URL ?? '';
const name = new URL(url).pathname.slice(1);
if (!hasPgBouncer)
  console.warn('PgBouncer is not installed: what concerns it is left out (apt-get install pgbouncer).');
const ways = ['straight', ...(hasPgBouncer ? ['through PgBouncer'] : [])] as const;
const zones = ['UTC', 'Europe/Berlin', 'Asia/Shanghai', 'America/New_York', 'Asia/Kathmandu'] as const;

afterAll(async () => {
  const raw = await opened(url);
  await raw.query(`ALTER DATABASE "${name}" RESET ALL`);
  await raw.end();
});

async function opened(address: string): Promise<Client> {
  const raw = new Client({ connectionString: address });
  await raw.connect();
  return raw;
}

describe.each(zones.flatMap((zone) => ways.map((way) => ({ zone, way }))))(
  'TIM-1: a database in $zone, $way',
  ({ zone, way }) => {
    let here: Database;
    let pooler: Pooler | undefined;

    beforeAll(async () => {
      const raw = await opened(url);
      await raw.query(`ALTER DATABASE "${name}" SET TimeZone TO '${zone}'`);
      await raw.query(`ALTER DATABASE "${name}" SET DateStyle TO 'SQL, DMY'`);
      await raw.end();
      pooler = way === 'straight' ? undefined : await startPgBouncer(url, ['default_pool_size=2']);
      here = connect(pooler?.by(url) ?? url);
    });
    afterAll(async () => {
      await here.$disconnect();
      await pooler?.close();
    });

    test('every connection speaks UTC, and the server may start', async () => {
      // A neighbour of the same pool has another zone.
      const neighbour = pooler && (await opened(pooler.by(url)));
      await neighbour?.query(`SET TimeZone TO 'Pacific/Auckland'`);
      const said = await Promise.all(
        Array.from(
          { length: 12 },
          () => here.$queryRaw<{ zone: string }[]>`
        SELECT current_setting('TimeZone') AS zone, pg_sleep(0.02)::text`,
        ),
      );
      await neighbour?.end();
      expect(new Set(said.flat().map(({ zone }) => zone))).toEqual(new Set(['UTC']));
      expect(await clockProblems({ db: here, clock: { now: () => new Date() } })).toEqual([]);
    });

    test('20 codes an hour go to one address from anywhere, however often the purge runs', async () => {
      const world = worldOn(here);
      await somebody(world);
      let queued = 0;
      for (let ask = 0; ask < 23; ask += 1) {
        if (ask % 5 === 0) await purge(here, world.clock.now());
        const begun = start('ana@latchkey.test', world.clock.now());
        if (begun.status !== 'started') throw new Error(begun.problem);
        await withProof(fromElsewhere(world), (there) => requestCode(there, begun.flow, 'email'));
        world.clock.advance(minutes(1));
        queued = await here.delivery.count({ where: { userId: { not: null } } });
      }
      expect(queued).toBe(20);
    });

    test('an admin stays signed in for as long as they do something, and no longer', async () => {
      const world = worldOn(here);
      const { id: userId } = await anAdmin(world);
      const who = { userId, passwordVersion: 0, role: 'admin' } as const;
      const session = await createSession(world, who, 'second step passed');
      if (!session) throw new Error('no session');
      for (let half = 0; half < 15; half += 1) {
        world.clock.advance(minutes(29));
        await purge(here, world.clock.now());
        expect(await confirmSession(world, session.token)).toMatchObject({ userId });
      }
      world.clock.advance(minutes(31));
      expect(await confirmSession(world, session.token)).toBeNull();
    });
  },
);
