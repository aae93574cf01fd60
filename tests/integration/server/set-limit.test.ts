import { setLimit } from '@/lib/admin/limits/set-limit';
import { requestCode } from '@/lib/reset/request-code';
import { start } from '@/lib/reset/start';
import { anAdmin } from '@/tests/support/authenticator';
import { testDatabase } from '@/tests/support/database';
import { withProof } from '@/tests/support/proofs';
import { type World, worldOn } from '@/tests/support/world';

const db = testDatabase();

async function asks(world: World, n: number): Promise<string> {
  const begun = start(`p${n}@latchkey.test`, world.clock.now());
  if (begun.status !== 'started') throw new Error(begun.problem);
  return (await withProof(world, (here) => requestCode(here, begun.flow, 'email'))).status;
}
const atOnce = async (worlds: readonly World[], count: number): Promise<number> => {
  const outcomes = await Promise.all(
    Array.from({ length: count }, (_, n) => asks(worlds[n % worlds.length] as World, n)),
  );
  return outcomes.filter((status) => status === 'requested').length;
};

test('a number that one instance sets holds in another at once, exactly, whatever comes at the same moment (RL-1)', async () => {
  const one = worldOn(db);
  // Another process: its own memory of refusals, the same network.
  const other: World = { ...worldOn(db), caller: one.caller, clock: one.clock };
  const { id: adminId } = await anAdmin(one);
  const acting = { ...one, adminId };
  await setLimit(acting, 'send-address', 12, 0);
  expect(await atOnce([one, other], 60)).toBe(12);
  one.clock.advance(5_000);
  await setLimit(acting, 'send-address', 30, 1);
  expect(await atOnce([other, one], 60)).toBe(18);
  one.clock.advance(3_600_000);
  // Changed while they come: never more than the higher of the two.
  const [, passed] = await Promise.all([setLimit(acting, 'send-address', 40, 2), atOnce([one, other], 80)]);
  expect(passed).toBeGreaterThanOrEqual(30);
  expect(passed).toBeLessThanOrEqual(40);
});

test('of eight admins who set one limit at once one does, and it is written down once', async () => {
  const world = worldOn(db);
  const { id: adminId } = await anAdmin(world);
  const outcomes = await Promise.all(
    Array.from({ length: 8 }, (_, n) => setLimit({ ...world, adminId }, 'send-pair', 4 + n, 0)),
  );
  expect(outcomes.filter(({ status }) => status === 'done')).toHaveLength(1);
  expect(await db.auditEvent.count({ where: { type: 'limit_set' } })).toBe(1);
});
