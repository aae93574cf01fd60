import { Client } from 'pg';
import { minutes, seconds } from '@/lib/clock';
import { addressBucket } from '@/lib/otp/guesses';
import { GUESSES_IN_A_ROW } from '@/lib/otp/policy';
import { requestCode } from '@/lib/reset/request-code';
import { resendCode } from '@/lib/reset/resend-code';
import { start } from '@/lib/reset/start';
import { signIn } from '@/lib/session/sign-in';
import { testDatabase } from '@/tests/support/database';
import { asksForCode, notThe, takesUp, type Visitor } from '@/tests/support/person';
import {
  anasPassword,
  deliver,
  latestCode,
  messages,
  somebody,
  uncounted,
  type World,
  whoFits,
  worldOn,
} from '@/tests/support/world';

const db = testDatabase();
const known = 'ana@latchkey.test';
const unknown = 'nobody@latchkey.test';
/** ms. What waits for a row waits for seconds; a busy machine stays below. */
const AT_ONCE = seconds(2);

/** Another process's transaction that has stopped: it holds the person's row and says nothing. */
let frozen: Client;
beforeEach(async () => {
  frozen = new Client({ connectionString: process.env.DATABASE_URL });
  await frozen.connect();
});
afterEach(() => frozen.end());

async function freeze(email = known): Promise<void> {
  await frozen.query('BEGIN');
  await frozen.query('SELECT FROM "User" WHERE email = $1 FOR UPDATE', [email]);
}
const thaw = () => frozen.query('ROLLBACK');

async function took<T>(act: () => Promise<T>): Promise<{ ms: number; outcome: T }> {
  const began = performance.now();
  const outcome = await act();
  return { ms: performance.now() - began, outcome };
}

/** Asks for a code; nothing is sent yet. */
async function asks(world: World, email: string) {
  const begun = start(email, world.clock.now());
  if (begun.status !== 'started') throw new Error('should start');
  const outcome = await requestCode(await uncounted(world), begun.flow, 'email');
  if (outcome.status !== 'requested') throw new Error(outcome.status);
  return outcome.flow;
}

/** The delivery is claimed as a decoy, and the next look of a sweep, a second later, finds who it is for. */
async function sweeps(world: World): Promise<void> {
  await deliver(world);
  await deliver(world);
}

test('TIM-2: while a frozen transaction holds a person, known and unknown are answered alike and at once', async () => {
  const world = worldOn(db);
  await somebody(world);
  await freeze();
  for (const email of [known, unknown, known, unknown, known, unknown]) {
    const { ms, outcome } = await took(() => asks(world, email));
    expect(ms).toBeLessThan(AT_ONCE);
    expect(outcome).toMatchObject({ email, channel: 'email', askedAt: world.clock.now().getTime() });
    const row = await db.challenge.findUniqueOrThrow({ where: { id: outcome.challengeId } });
    expect(row).toMatchObject({ userId: null, attempts: 0, sends: 1, closedAt: null });
  }
  expect(await db.delivery.count({ where: { userId: null } })).toBe(6);
  await sweeps(world);
  expect(await messages(world)).toEqual([]);
  await thaw();
}, 60_000);

test('TIM-2: what was asked for meanwhile arrives as soon as the row is free, and resets the password', async () => {
  const world = worldOn(db);
  await somebody(world);
  await freeze();
  const flow = await asks(world, known);
  await sweeps(world);
  expect(await messages(world)).toEqual([]);
  await thaw();
  await sweeps(world);
  expect(await messages(world)).toHaveLength(1);
  const ana = takesUp(world, flow);
  expect(await ana.types(await latestCode(world))).toMatchObject({ status: 'proved' });
  expect(await ana.chooses('brass otter lantern')).toMatchObject({ status: 'changed' });
  expect(await whoFits(world, known, 'brass otter lantern')).not.toBeNull();
}, 60_000);

test('TIM-2: many who ask in that time get one message each, by any number of sweeps at once', async () => {
  const world = worldOn(db);
  await somebody(world);
  await freeze();
  await asks(world, known);
  await asks(world, known);
  await asks(world, unknown);
  await sweeps(world);
  await thaw();
  await Promise.all([sweeps(world), sweeps(world), sweeps(world), sweeps(world)]);
  expect(await messages(world)).toHaveLength(2);
}, 60_000);

test('POST-3: a code that was held beside a dispute goes by no channel that the dispute distrusts', async () => {
  const world = worldOn(db);
  const { id } = await somebody(world);
  await freeze();
  await asks(world, known);
  await frozen.query(
    `UPDATE "User" SET distrusted = '{email}', "distrustUntil" = now() + interval '1 day' WHERE id = $1`,
    [id],
  );
  await frozen.query('COMMIT');
  await sweeps(world);
  expect((await messages(world)).map(({ channel }) => channel)).toEqual(['sms']);
}, 60_000);

test.each(['a disabled person', 'a code that is too old'])(
  'nothing that was held goes to %s',
  async (whose) => {
    const world = worldOn(db);
    const { id } = await somebody(world);
    await freeze();
    await asks(world, known);
    if (whose === 'a disabled person') await frozen.query('UPDATE "User" SET "disabledAt" = now() WHERE id = $1', [id]);
    await frozen.query('COMMIT');
    if (whose === 'a code that is too old') world.clock.advance(minutes(11));
    await sweeps(world);
    expect(await messages(world)).toEqual([]);
    expect(await db.challenge.count({ where: { userId: id } })).toBe(0);
  },
  60_000,
);

describe('TIM-2: known and unknown are alike beside a frozen transaction', () => {
  const acts: Record<string, (world: World, who: Visitor) => Promise<unknown>> = {
    'when they ask again': (world, { flow }) => {
      world.clock.advance(minutes(1));
      return resendCode(world, flow, 'email');
    },
    'when their code is replaced': (world, { flow }) => {
      world.clock.advance(minutes(8));
      return resendCode(world, flow, 'sms');
    },
    'when they type wrong codes, all five': async (_, who) => {
      for (let guess = 0; guess < 4; guess += 1) await who.types('000000');
      return who.types('000000');
    },
    'when they sign in with a wrong password': (world, { flow }) => signIn(world, flow.email, 'not the password'),
  };

  test.each(Object.entries(acts))(
    '%s',
    async (_, act) => {
      const faces: unknown[] = [];
      for (const email of [known, unknown]) {
        const world = worldOn(db);
        if (email === known) await somebody(world);
        const who = await asksForCode(world, email);
        await freeze();
        const { ms, outcome } = await took(() => act(world, who));
        expect(ms).toBeLessThan(AT_ONCE);
        faces.push(Object.keys(Object(outcome)), Object(outcome).status);
        await thaw();
      }
      expect(faces.slice(0, 2)).toEqual(faces.slice(2));
    },
    60_000,
  );
});

test('TIM-2: a code that was asked for again beside a frozen transaction arrives when that has ended', async () => {
  const world = worldOn(db);
  await somebody(world);
  const ana = await asksForCode(world, known);
  const code = await latestCode(world);
  await freeze();
  world.clock.advance(minutes(1));
  await ana.resends('email');
  expect(await messages(world)).toHaveLength(1);
  await thaw();
  await sweeps(world);
  expect(await messages(world)).toHaveLength(2);
  expect(await latestCode(world)).toBe(code);
  world.clock.advance(minutes(7));
  await freeze();
  await ana.resends('email');
  await thaw();
  await sweeps(world);
  expect(await messages(world)).toHaveLength(3);
  expect(await ana.types(notThe(await latestCode(world)))).toMatchObject({ status: 'wrong' });
  expect(await ana.typesTheCode()).toMatchObject({ status: 'proved' });
}, 60_000);

test('VER-3: an owner whose row is locked is told of guessing when it is free again', async () => {
  const world = worldOn(db);
  await somebody(world);
  const ana = await asksForCode(world, known);
  const key = addressBucket(world.keyring, known);
  await db.counter.update({ where: { key }, data: { points: GUESSES_IN_A_ROW - 1 } });
  await freeze();
  const wrong = notThe(await latestCode(world));
  const { ms } = await took(() => ana.types(wrong));
  expect(ms).toBeLessThan(AT_ONCE);
  await sweeps(world);
  expect(await messages(world)).toHaveLength(1);
  await thaw();
  await sweeps(world);
  expect(await messages(world)).toHaveLength(2);
  expect(await db.delivery.count({ where: { kind: 'guessing', status: 'sent', heldFor: null } })).toBe(1);
}, 60_000);

test('TIM-2: a person that stays locked keeps only what needs that very row, and that ends', async () => {
  const world = worldOn(db);
  await somebody(world);
  const ana = await asksForCode(world, known);
  await ana.typesTheCode();
  await freeze();
  const { ms } = await took(() => ana.chooses('brass otter lantern').catch((error: unknown) => error));
  expect(ms).toBeLessThan(seconds(15));
  await thaw();
  expect(await ana.chooses('brass otter lantern')).toMatchObject({ status: 'changed' });
  expect(await whoFits(world, known, anasPassword)).toBeNull();
}, 60_000);
