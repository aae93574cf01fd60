import { createBlocked } from '@/lib/limits/blocked';
import { signIn } from '@/lib/session/sign-in';
import { signInKey } from '@/lib/session/sign-in-limits';
import { testDatabase } from '@/tests/support/database';
import { withProof } from '@/tests/support/proofs';
import { somebody, type World, worldOn } from '@/tests/support/world';

const db = testDatabase();
/** As an admin may set it, so that a network is refused soon. */
const MOST = 10;

const fails = (world: World, email: string) =>
  // Another process of the same site: it remembers no refusal.
  withProof({ ...world, blocked: createBlocked() }, (here) => signIn(here, email, 'not this one'));

test('LOG-1: what a refused network types counts at no account, so that it makes no owner wait', async () => {
  const world = worldOn(db);
  const { email } = await somebody(world);
  const override = { policy: 'sign-in-address-hour', most: MOST, version: 1, changedAt: new Date() };
  await db.limitOverride.create({ data: override });
  for (let n = 0; n < MOST; n += 1) await fails(world, `p${n}@latchkey.test`);
  for (let n = 0; n < 6; n += 1) expect(await fails(world, email)).toMatchObject({ status: 'refused-here' });
  expect(await db.counter.findUnique({ where: { key: signInKey(world.keyring, email) } })).toBeNull();
});
