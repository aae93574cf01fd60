import { connect } from '@/lib/db/client';
import { createBlocked } from '@/lib/limits/blocked';
import { requestCode } from '@/lib/reset/request-code';
import { start } from '@/lib/reset/start';
import { verifyCode } from '@/lib/reset/verify-code';
import { signIn } from '@/lib/session/sign-in';
import { testDatabase } from '@/tests/support/database';
import { withProof } from '@/tests/support/proofs';
import { uses } from '@/tests/support/used-limits';
import { deliver, fromElsewhere, messages, somebody, type World, worldOn } from '@/tests/support/world';

// RL-1: two processes, each with a connection and a memory of its own, at the same moment. On the embedded database,
// which has one session, they take turns; on PostgreSQL they do not.

const db = testDatabase();
const second = connect(process.env.DATABASE_URL ?? '');
afterAll(() => second.$disconnect());

const email = 'ana@latchkey.test';
const times = <T>(count: number, act: (n: number) => Promise<T>): Promise<T[]> =>
  Promise.all(Array.from({ length: count }, (_, n) => act(n)));

/** The same world in another process. */
const elsewhere = (world: World): World => ({ ...world, db: second, blocked: createBlocked() });
/** In the one process and in the other, by turns. */
const either = (world: World, n: number): World => (n % 2 ? world : elsewhere(world));

async function asks(world: World, at = email) {
  const begun = start(at, world.clock.now());
  if (begun.status !== 'started') throw new Error(begun.problem);
  return { flow: begun.flow, outcome: await withProof(world, (here) => requestCode(here, begun.flow, 'email')) };
}

const hitsOf = async (policy: string) =>
  (await db.counter.findFirstOrThrow({ where: { key: { startsWith: policy } } })).hits.length;

test('RL-1: what is sent to one address: sixty requests at once, twenty messages, to the last hit', async () => {
  const world = worldOn(db);
  await somebody(world);
  await times(60, (n) => asks(fromElsewhere(either(world, n))));
  await deliver(world);
  expect(await messages(world)).toHaveLength(20);
  expect(await hitsOf('send-identifier-hour')).toBe(20);
});

test('RL-1: what one network asks for: two hundred are counted, the others are told so by either process', async () => {
  const world = worldOn(db);
  await uses(world, 'send-address', 180);
  const asked = await times(40, (n) => asks(either(world, n), `p${n}@latchkey.test`));
  expect(asked.filter(({ outcome }) => outcome.status === 'requested')).toHaveLength(20);
  expect(asked.filter(({ outcome }) => outcome.status === 'refused')).toHaveLength(20);
  expect(await hitsOf('send-address')).toBe(200);
  for (const process of [world, elsewhere(world)])
    expect((await asks(process)).outcome).toMatchObject({ status: 'refused' });
});

test('RL-1: what one network guesses: ninety wrong codes and no more', async () => {
  const world = worldOn(db);
  await uses(world, 'send-address', 180);
  const asked = await times(40, (n) => asks(fromElsewhere(world), `p${n}@latchkey.test`));
  await uses(world, 'guess-address-hour', 60);
  const outcomes = await Promise.all(
    asked.map(({ flow }, n) => withProof(either(world, n), (here) => verifyCode(here, flow, '000000'))),
  );
  expect(outcomes.filter(({ status }) => status === 'wrong')).toHaveLength(30);
  expect((await db.challenge.aggregate({ _sum: { attempts: true } }))._sum.attempts).toBe(30);
});

test('RL-1: failed sign-ins at one account: five are heard, by the two together', async () => {
  const world = worldOn(db);
  await somebody(world);
  await times(16, (n) => signIn(fromElsewhere(either(world, n)), email, 'not this one'));
  expect(await db.auditEvent.count({ where: { type: 'sign_in_failed' } })).toBe(5);
});
