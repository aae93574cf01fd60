import { Client } from 'pg';
import { connect, type Database } from '@/lib/db/client';
import { deriveCode } from '@/lib/otp/derive';
import type { Flow } from '@/lib/reset/flow';
import { requestCode } from '@/lib/reset/request-code';
import { start } from '@/lib/reset/start';
import { verifyCode } from '@/lib/reset/verify-code';
import { emptyDatabase, testDatabase } from '@/tests/support/database';
import { withProof } from '@/tests/support/proofs';
import { fromElsewhere, somebody, type World, worldOn } from '@/tests/support/world';

const db = testDatabase();
// Pools of their own, as the processes of several servers have them.
const others = Array.from({ length: 3 }, () => connect(process.env.DATABASE_URL ?? ''));
afterAll(() => Promise.all(others.map((other) => other.$disconnect())));

async function asks(world: World, email: string): Promise<{ flow: Flow; code: string }> {
  const begun = start(email, world.clock.now());
  if (begun.status !== 'started') throw new Error(begun.problem);
  const outcome = await requestCode(fromElsewhere(world), begun.flow, 'email');
  if (outcome.status !== 'requested') throw new Error(outcome.status);
  const challenge = await db.challenge.findUniqueOrThrow({ where: { id: outcome.flow.challengeId } });
  return { flow: outcome.flow, code: deriveCode(world.keyring, challenge) ?? '' };
}

// A right code gives back what it cost: it locks, a second time, the rows that the wrong ones beside it are counting in.
// Two statements that lock the same rows in different orders wait for each other; PostgreSQL ends one, which throws.
test('VER-1: wrong and right codes at once from one network, from many connections, never deadlock', async () => {
  for (let round = 0; round < 3; round += 1) {
    await emptyDatabase(db);
    // So many from one network that no limit stands in the way of what is tried here; past 24 it works for each (RL-2).
    await db.limitOverride.createMany({
      data: ['guess-address-hour', 'guess-address-day'].map((policy) => ({
        policy,
        most: 10_000,
        version: 1,
        changedAt: new Date(),
      })),
    });
    const world = worldOn(db);
    for (let n = 0; n < 12; n += 1) await somebody(world, { email: `p${n}@latchkey.test`, phone: null });
    const visitors = [];
    for (let n = 0; n < 12; n += 1) visitors.push(await asks(world, `p${n}@latchkey.test`));
    const outcomes = await Promise.all(
      visitors.flatMap(({ flow, code }, at) =>
        ['000000', code, code, '111111', code].map(async (typed, n) => {
          const server = { ...world, db: others[(at + n) % others.length] ?? db };
          return (await withProof(server, (here) => verifyCode(here, flow, typed))).status;
        }),
      ),
    );
    expect(outcomes.filter((status) => status === 'proved')).toHaveLength(36);
    expect(outcomes.filter((status) => status === 'wrong')).toHaveLength(24);
    // What is left counted is what was wrong, in the network and in the whole site.
    const rows = await db.counter.findMany({ where: { key: { startsWith: 'guess' } } });
    const network = rows.filter(({ key }) => key.startsWith('guess-address'));
    expect(network.map(({ hits }) => hits.length)).toEqual([24, 24]);
  }
});

/** What the second statement of an attempt has and no other. */
const SETTLES = '"grantExpiresAt" = COALESCE';

/** The same database, where what settles an attempt first waits for `hold`. */
function heldBeforeSettling(of: Database, hold: () => Promise<void>): Database {
  return of.$extends({
    query: {
      async $queryRaw({ args, query }) {
        if (args.sql.includes(SETTLES)) await hold();
        return query(args);
      },
    },
  }) as unknown as Database;
}

async function waitsForALock(): Promise<void> {
  for (let look = 0; look < 200; look += 1) {
    const [row] = await db.$queryRaw<[{ waiting: number }]>`
      SELECT count(*)::int AS waiting FROM pg_stat_activity
      WHERE datname = current_database() AND wait_event_type = 'Lock'`;
    if (row.waiting > 0) return;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  throw new Error('nothing waited for a lock');
}

// The same without chance: another connection locks the first row in the order. An attempt that waits for it must not have
// locked any row that comes later.
test.each(['the first statement', 'the second statement'])(
  'VER-1: while %s of an attempt waits for the first row of its network, it locks neither the other row nor the challenge',
  async (which) => {
    const world = worldOn(db);
    await somebody(world, { email: 'p0@latchkey.test', phone: null });
    const { flow, code } = await asks(world, 'p0@latchkey.test');
    // Its rows are there before.
    const warm = await asks(world, 'p0@latchkey.test');
    await verifyCode(world, warm.flow, '000000');
    const keys = (await db.counter.findMany({ where: { key: { startsWith: 'guess-address' } } })).map(({ key }) => key);
    const [first, ...later] = keys.sort();
    expect(later).toHaveLength(1);

    const holder = new Client({ connectionString: process.env.DATABASE_URL });
    await holder.connect();
    const lock = (table: string, column: string, value: string) =>
      holder.query(`SELECT FROM "${table}" WHERE ${column} = $1 FOR UPDATE NOWAIT`, [value]);
    const holds = async () => {
      await holder.query('BEGIN');
      await lock('Counter', 'key', first ?? '');
    };
    try {
      const second = which === 'the second statement';
      if (!second) await holds();
      const attempt = verifyCode(second ? { ...world, db: heldBeforeSettling(db, holds) } : world, flow, code);
      await waitsForALock();
      for (const key of later) await lock('Counter', 'key', key);
      await lock('Challenge', 'id', flow.challengeId);
      await holder.query('COMMIT');
      expect(await attempt).toMatchObject({ status: 'proved' });
    } finally {
      await holder.end();
    }
  },
);
