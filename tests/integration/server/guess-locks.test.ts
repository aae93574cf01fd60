import { connect } from '@/lib/db/client';
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
