import { requestCode } from '@/lib/reset/request-code';
import { start } from '@/lib/reset/start';
import { verifyCode } from '@/lib/reset/verify-code';
import { signIn } from '@/lib/session/sign-in';
import { testDatabase } from '@/tests/support/database';
import { from, fromHome, fromOffice } from '@/tests/support/ipv6';
import { asksForCode } from '@/tests/support/person';
import { withProof } from '@/tests/support/proofs';
import { deliver, fromElsewhere, messages, somebody, type World, worldOn } from '@/tests/support/world';

// RL-2: an IPv6 customer has 256 networks of 64 bits at home and 65,536 in an office.

const db = testDatabase();
const email = 'ana@latchkey.test';

async function asks(world: World, address = email, channel: 'email' | 'sms' = 'email'): Promise<string> {
  const begun = start(address, world.clock.now());
  if (begun.status !== 'started') throw new Error(begun.problem);
  return (await withProof(world, (here) => requestCode(here, begun.flow, channel))).status;
}
const times = async (count: number, act: (n: number) => Promise<string>): Promise<string[]> => {
  const outcomes: string[] = [];
  for (let n = 0; n < count; n += 1) outcomes.push(await act(n));
  return outcomes;
};

test('RL-2: one home with 256 networks sends ten codes an hour to one person and no more, by both channels', async () => {
  const world = worldOn(db);
  await somebody(world);
  const seen = await times(24, (n) => asks(fromHome(world, n), email, n % 2 ? 'sms' : 'email'));
  expect(new Set(seen)).toEqual(new Set(['requested']));
  await deliver(world);
  expect(await messages(world)).toHaveLength(10);
  // Ana, elsewhere, has what is left of hers.
  expect(await asks(fromElsewhere(world))).toBe('requested');
  await deliver(world);
  expect(await messages(world)).toHaveLength(11);
});

test('RL-2: a network of 56 bits bears twice the numbers, of 48 bits five times, and others have their own', async () => {
  const world = worldOn(db);
  await db.limitOverride.create({ data: { policy: 'send-address', most: 20, version: 1, changedAt: new Date() } });
  const stranger = (n: number) => `nobody${n}@latchkey.test`;
  const atHome = await times(60, (n) => asks(fromHome(world, n), stranger(n)));
  expect(atHome.filter((status) => status === 'requested')).toHaveLength(40);
  expect(atHome.slice(40)).toEqual(Array(20).fill('refused'));
  const inOffice = await times(110, (n) => asks(fromOffice(world, n), stranger(n)));
  expect(inOffice.filter((status) => status === 'requested')).toHaveLength(100);
  expect(inOffice.slice(100)).toEqual(Array(10).fill('refused'));
  expect(await asks(from(world, '2001:db8:1:100::1'))).toBe('requested');
  expect(await asks(from(world, '2001:db8:3::1'))).toBe('requested');
  // Each network that refuses is written down once.
  expect(await db.auditEvent.count({ where: { type: 'send_refused' } })).toBe(2);
});

test('RL-2: wrong codes and failed sign-ins are counted the same way', async () => {
  const world = worldOn(db);
  const changedAt = new Date();
  await db.limitOverride.createMany({
    data: ['guess-address-hour', 'sign-in-address-hour'].map((policy) => ({ policy, most: 10, version: 1, changedAt })),
  });
  const guessed = await times(24, async (n) => {
    const { flow } = await asksForCode(fromElsewhere(world), `nobody${n}@latchkey.test`);
    return (await withProof(fromHome(world, n), (here) => verifyCode(here, flow, '000000'))).status;
  });
  expect(guessed).toEqual([...Array(20).fill('wrong'), ...Array(4).fill('refused-here')]);
  const tried = await times(54, async (n) => {
    const client = fromOffice(world, n);
    return (await withProof(client, (here) => signIn(here, `nobody${n}@latchkey.test`, 'not this one'))).status;
  });
  expect(tried).toEqual([...Array(50).fill('refused'), ...Array(4).fill('refused-here')]);
});
