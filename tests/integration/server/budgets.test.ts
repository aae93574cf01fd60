import { hours, seconds } from '@/lib/clock';
import { connect } from '@/lib/db/client';
import { type Result, writeResults } from '@/lib/dispatch/results';
import { createBlocked } from '@/lib/limits/blocked';
import { newChallenge } from '@/lib/proof/proof';
import { requestCode } from '@/lib/reset/request-code';
import { start } from '@/lib/reset/start';
import { purge } from '@/lib/upkeep/purge';
import { testDatabase } from '@/tests/support/database';
import { fromKnownDevice } from '@/tests/support/devices';
import { fromHome } from '@/tests/support/ipv6';
import { bringing, cheapWork, solve } from '@/tests/support/proofs';
import { uses } from '@/tests/support/used-limits';
import { fromElsewhere, somebody, type World, worldOn } from '@/tests/support/world';

// RL-1, RL-2: budgets that one client could spend for others, asked for at the same moment by two servers.

const db = testDatabase();
const second = connect(process.env.DATABASE_URL ?? '');
afterAll(() => second.$disconnect());
const email = 'ana@latchkey.test';

const times = <T>(count: number, act: (n: number) => Promise<T>): Promise<T[]> =>
  Promise.all(Array.from({ length: count }, (_, n) => act(n)));
/** One of two servers, by turns: a connection and a memory of its own. */
const either = (world: World, n: number): World => (n % 2 ? world : { ...world, db: second, blocked: createBlocked() });

async function asks(world: World, address = email): Promise<string> {
  const begun = start(address, world.clock.now());
  if (begun.status !== 'started') throw new Error(begun.problem);
  return (await requestCode(world, begun.flow, 'email')).status;
}
async function asksWith(world: World, level: number): Promise<string> {
  const asked = await newChallenge(world, world.clock.now(), { ...cheapWork, level });
  return asks(bringing(world, await solve(asked)));
}
const count = (statuses: string[], status: string) => statuses.filter((one) => one === status).length;
const sent = () => db.challenge.count({ where: { userId: { not: null } } });

test('RL-2: of forty at once ten go without work, and each further one for the work of its own place', async () => {
  const world = worldOn(db);
  await somebody(world);
  expect(count(await times(40, (n) => asks(fromElsewhere(either(world, n)))), 'requested')).toBe(10);
  expect(count(await times(20, (n) => asksWith(fromElsewhere(either(world, n)), 0)), 'requested')).toBe(1);
  expect(count(await times(20, (n) => asksWith(fromElsewhere(either(world, n)), 2)), 'requested')).toBe(2);
  expect(await sent()).toBe(13);
  // Past its number everything looks as ever.
  expect(count(await times(20, (n) => asksWith(fromElsewhere(either(world, n)), 4)), 'requested')).toBe(20);
  expect(await sent()).toBe(20);
});

test('RL-2: of thirty at once that waited instead, two send', async () => {
  const world = worldOn(db);
  await somebody(world);
  await times(10, () => asks(fromElsewhere(world)));
  const clients = await times(30, async (n) => {
    const here = fromElsewhere(either(world, n));
    return bringing(here, (await newChallenge(here, world.clock.now(), { ...cheapWork, level: 4 }, 1_000)).challenge);
  });
  world.clock.advance(seconds(1));
  await Promise.all(clients.map((client) => asks(client)));
  expect(await sent()).toBe(12);
});

test('RL-2: of sixty networks of one home at once ten codes go to one person', async () => {
  const world = worldOn(db);
  await somebody(world);
  await times(60, (n) => asksWith(fromHome(either(world, n), n), 4));
  expect(await sent()).toBe(10);
  const [home] = await db.counter.findMany({ where: { key: { startsWith: 'send-pair' }, most: 10 } });
  expect(home?.hits).toHaveLength(10);
});

test('RL-2: of a hundred at once from a known device ten are counted, the rest refused, in one line of the log', async () => {
  const world = worldOn(db);
  const { id } = await somebody(world);
  const home = await fromKnownDevice(world, id);
  await uses(home, 'send-known-address', 190);
  const seen = await times(100, (n) => asks(either(home, n)));
  expect([count(seen, 'requested'), count(seen, 'refused')]).toEqual([10, 90]);
  expect(await db.auditEvent.count({ where: { type: 'send_refused' } })).toBe(1);
});

const failed = (id: string): Result => ({
  ...{ id, claim: 1, attempt: null, status: 'failed', transport: 'twilio', messageId: null, errorClass: 'recipient' },
  ...{ errorCode: '21211', answer: null, retryInMs: 0, failover: 'email', recipientMasked: null, recipientHash: null },
  ...{ verdict: null, probe: false, unused: true, country: null, cost: null, giveBack: null },
});

test('RL-2: SMS that fall back to email bring no more mails than twenty an hour, whoever writes it and however many at once', async () => {
  const world = worldOn(db);
  const { id: userId } = await somebody(world);
  const now = world.clock.now();
  const expiresAt = new Date(now.getTime() + hours(1));
  const challenge = { purpose: 'password_reset' as const, userId, identifierHash: 'anas', nonce: 'n', keyId: 'a' };
  const shape = { digits: 6, maxAttempts: 5, createdAt: now, expiresAt };
  await db.challenge.createMany({
    data: Array.from({ length: 30 }, (_, n) => ({ id: `c${n}`, ...challenge, ...shape })),
  });
  const rows = await db.delivery.createManyAndReturn({
    data: Array.from({ length: 30 }, (_, n) => ({
      ...{ kind: 'code' as const, channel: 'sms' as const, status: 'sending' as const, claims: 1 },
      ...{ challengeId: `c${n}`, userId, queuedAt: now },
    })),
    select: { id: true },
  });
  const results = rows.map(({ id }) => failed(id));
  await Promise.all([
    writeResults(db, results.slice(0, 10), now),
    writeResults(second, results.slice(10, 20), now),
    ...results.slice(20).map((one, n) => writeResults(n % 2 ? db : second, [one], now)),
  ]);
  expect(await db.delivery.count({ where: { channel: 'email' } })).toBe(20);
  expect(await db.delivery.count({ where: { status: 'failed' } })).toBe(30);
});

test('AUD-3: decoys that several sweeps remove at once are counted once', async () => {
  const long = new Date(Date.now() - hours(2));
  const shape = {
    purpose: 'password_reset' as const,
    identifierHash: 'x',
    nonce: 'n',
    keyId: 'a',
    digits: 6,
    maxAttempts: 5,
  };
  await db.challenge.createMany({
    data: Array.from({ length: 300 }, (_, n) => ({ id: `d${n}`, ...shape, createdAt: long, expiresAt: long })),
  });
  await db.delivery.createMany({
    data: Array.from({ length: 300 }, (_, n) => ({
      ...{ kind: 'code' as const, channel: n % 3 ? ('email' as const) : ('sms' as const), status: 'sent' as const },
      ...{ challengeId: `d${n}`, queuedAt: long },
    })),
  });
  await times(6, (n) => purge(n % 2 ? db : second, new Date()));
  expect(await db.delivery.count()).toBe(0);
  expect(await db.decoyHour.findMany({ orderBy: { channel: 'asc' } })).toMatchObject([
    { channel: 'email', count: 200 },
    { channel: 'sms', count: 100 },
  ]);
  expect(await db.challenge.count()).toBe(300);
});
