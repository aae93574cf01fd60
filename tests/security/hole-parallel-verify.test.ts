import { setPassword } from '@/lib/reset/set-password';
import { verifyCode } from '@/lib/reset/verify-code';
import { testDatabase } from '@/tests/support/database';
import { asksForCode, notThe, type Visitor } from '@/tests/support/person';
import { fromElsewhere, latestCode, somebody, whoFits, worldOn } from '@/tests/support/world';

// better-auth#8067: tries that are counted after the comparison are not counted where many come at once. On a
// PostgreSQL server they really do; the embedded database takes one statement after the other, and its connections
// share a session, so that transactions have to wait for each other here.

const db = testDatabase();
const email = 'ana@latchkey.test';

const times = <T>(count: number, act: (index: number) => Promise<T>): Promise<T[]> =>
  Promise.all(Array.from({ length: count }, (_, index) => act(index)));
const ofStatus = <S extends string>(outcomes: readonly { status: string }[], status: S) =>
  outcomes.filter((outcome) => outcome.status === status);
/** A hundred at a time: a pool has ten connections, and whoever waits 5 s for one is turned away. */
const inWaves: typeof times = async (count, act) => {
  const results = [];
  for (let first = 0; first < count; first += 100) results.push(...(await times(100, (n) => act(first + n))));
  return results;
};
const transactions: typeof times = async (count, act) => {
  if (process.env.TEST_DATABASE_URL) return times(count, act);
  const results = [];
  for (let index = 0; index < count; index += 1) results.push(await act(index));
  return results;
};
const pointsOf = async (name: string) =>
  (await db.counter.findFirstOrThrow({ where: { key: { startsWith: name } } })).points;

test('GEN-4: 100 right codes at once open one grant, and it writes one password', async () => {
  const world = worldOn(db);
  await somebody(world);
  const ana = await asksForCode(world, email);
  const code = await latestCode(world);
  const outcomes = await times(100, () => verifyCode(world, ana.flow, code));
  const proved = outcomes.flatMap((outcome) => (outcome.status === 'proved' ? [outcome.flow] : []));
  expect(proved).toHaveLength(5);
  expect(new Set(proved.map(({ grant }) => grant)).size).toBe(1);
  const [flow] = proved;
  if (!flow) throw new Error('one should be proved');
  const password = (n: number) => `brass otter lantern ${n}`;
  await transactions(20, (n) => setPassword(world, flow, { password: password(n), confirmPassword: password(n) }));
  expect(await db.user.findFirstOrThrow()).toMatchObject({ passwordVersion: 1 });
  const fits = await transactions(20, (n) => whoFits(fromElsewhere(world), email, password(n)));
  expect(fits.filter((who) => who !== null)).toHaveLength(1);
  expect(await db.delivery.count({ where: { kind: 'password_changed' } })).toBe(2);
  expect(await db.auditEvent.count({ where: { type: 'password_changed' } })).toBe(1);
});

test('VER-1: of 1,000 wrong codes, a hundred at once, from as many networks, exactly 5 are compared, and the right one then fails', async () => {
  const world = worldOn(db);
  await somebody(world);
  const ana = await asksForCode(world, email);
  const code = await latestCode(world);
  const outcomes = await inWaves(1_000, () => verifyCode(fromElsewhere(world), ana.flow, notThe(code)));
  expect(ofStatus(outcomes, 'wrong')).toHaveLength(5);
  expect(ofStatus(outcomes, 'exhausted')).toHaveLength(995);
  expect([await pointsOf('guess:'), await pointsOf('guesses:')]).toEqual([5, 5]);
  expect(await ana.types(code)).toEqual({ status: 'exhausted' });
});

test('VER-5: of 300 wrong codes, a hundred at once, from one network at forty people, no more than 90 are compared', async () => {
  const world = worldOn(db);
  const flows: Visitor[] = [];
  for (let n = 0; n < 40; n += 1) flows.push(await asksForCode(fromElsewhere(world), `p${n}@latchkey.test`));
  const outcomes = await inWaves(300, (n) => {
    const flow = flows[n % 40]?.flow;
    if (!flow) throw new Error('there are forty');
    return verifyCode(world, flow, '000000');
  });
  const compared = ofStatus(outcomes, 'wrong').length;
  expect(compared).toBeGreaterThan(0);
  expect(compared).toBeLessThanOrEqual(90);
  expect((await db.challenge.aggregate({ _sum: { attempts: true } }))._sum.attempts).toBe(compared);
});
