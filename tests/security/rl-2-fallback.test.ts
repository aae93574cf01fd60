import { hours } from '@/lib/clock';
import { requestCode } from '@/lib/reset/request-code';
import { resendCode } from '@/lib/reset/resend-code';
import { start } from '@/lib/reset/start';
import { testDatabase } from '@/tests/support/database';
import { withProof } from '@/tests/support/proofs';
import { deliver, fromElsewhere, messages, somebody, type World, worldOn } from '@/tests/support/world';

const db = testDatabase();
const email = 'ana@latchkey.test';

async function asks(world: World, channel: 'email' | 'sms', address = email) {
  const here = fromElsewhere(world);
  const begun = start(address, world.clock.now());
  if (begun.status !== 'started') throw new Error(begun.problem);
  const outcome = await withProof(here, (client) => requestCode(client, begun.flow, channel));
  if (outcome.status !== 'requested') throw new Error(outcome.status);
  return { here, flow: outcome.flow };
}

test.each([null, '+12025550123'])(
  'RL-2: codes that go by email count there, by whichever channel they were asked for (phone: %s)',
  async (phone) => {
    const world = worldOn(db);
    await somebody(world, { phone, phoneVerified: false });
    for (let n = 0; n < 20; n += 1) await asks(world, 'sms');
    for (let n = 0; n < 20; n += 1) await asks(world, 'email');
    await deliver(world);
    expect(await messages(world, 'email')).toHaveLength(20);
    world.clock.advance(hours(1));
    await asks(world, 'email');
    await deliver(world);
    expect(await messages(world, 'email')).toHaveLength(21);
  },
);

test('RL-2: with both channels each keeps its own twenty; what is sent again counts by its channel too', async () => {
  const world = worldOn(db);
  await somebody(world);
  for (let n = 0; n < 19; n += 1) await asks(world, 'email');
  for (let n = 0; n < 20; n += 1) await asks(world, 'sms');
  const { here, flow } = await asks(world, 'email');
  await withProof(here, (client) => resendCode(client, flow, 'sms'));
  await deliver(world);
  expect(await messages(world, 'email')).toHaveLength(20);
  expect(await messages(world, 'sms')).toHaveLength(20);
});

test('ENU-8: what fell back is seen by nobody: the same work is asked for, with an account and without', async () => {
  const seen: string[][] = [];
  for (const address of [email, 'nobody@latchkey.test']) {
    const world = worldOn(db);
    if (address === email) await somebody(world, { phone: null });
    for (let n = 0; n < 15; n += 1) await asks(world, 'sms', address);
    const statuses: string[] = [];
    for (let n = 0; n < 12; n += 1) {
      const begun = start(address, world.clock.now());
      if (begun.status !== 'started') throw new Error(begun.problem);
      statuses.push((await requestCode(fromElsewhere(world), begun.flow, 'email')).status);
    }
    seen.push(statuses);
    await db.counter.deleteMany();
  }
  expect(seen[0]).toEqual([...Array(10).fill('requested'), 'prove', 'prove']);
  expect(seen[1]).toEqual(seen[0]);
});
