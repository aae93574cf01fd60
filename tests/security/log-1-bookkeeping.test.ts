import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { days } from '@/lib/clock';
import { newPending } from '@/lib/second-factor/pending';
import { openPending } from '@/lib/second-factor/pending-row';
import { TOLD_AT } from '@/lib/second-factor/wrong-step';
import { createSession } from '@/lib/session/sessions';
import { signIn } from '@/lib/session/sign-in';
import { nothingCounted } from '@/lib/session/sign-in-limits';
import { purge } from '@/lib/upkeep/purge';
import { breachCheckOf } from '@/lib/users/breached-passwords';
import { createSlots } from '@/lib/users/hash-slots';
import { anAdmin, enrols, typesCode } from '@/tests/support/authenticator';
import { appShows, notShown } from '@/tests/support/authenticator-app';
import { testDatabase } from '@/tests/support/database';
import { fromKnownDevice } from '@/tests/support/devices';
import { startHibp } from '@/tests/support/hibp-simulator';
import { asksForCode } from '@/tests/support/person';
import { anasPassword, deliver, messages, somebody, type World, worldOn } from '@/tests/support/world';

// What each try costs, who gets it back, and what it leaves behind (LOG-1).

const db = testDatabase();
const email = 'ana@latchkey.test';
const admins = 'admin@latchkey.test';
const failuresOf = async () =>
  (await db.counter.findFirst({ where: { key: { startsWith: 'sign-in:' } } }))?.points ?? 0;
/** Every counter, as far as it counts. */
const counted = async () =>
  (await db.counter.findMany({ orderBy: { key: 'asc' } })).map(({ key, hits, points, until }) => ({
    key,
    hits: hits.length,
    points,
    until,
  }));

const filesOf = (...folders: string[]): string[] =>
  folders.flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((file) => /\.tsx?$/.test(file))
      .map((file) => join(folder, file)),
  );

/** Holds the queue so full that this client is told it is busy. @returns ends it */
function fillQueue(world: World): () => Promise<void> {
  let free = (): void => {};
  const held = world.hashSlots.run('other', () => new Promise<void>((resolve) => (free = resolve)));
  const waiting = Array.from({ length: 8 }, () => world.hashSlots.run(world.caller.address, async () => undefined));
  return async () => {
    free();
    await Promise.all([held, ...waiting]);
  };
}

describe('LOG-1: a busy queue', () => {
  test.each(['from a strange browser', 'from a known device'])(
    'gives back exactly what it counted, %s',
    async (from) => {
      const base = worldOn(db, { hashSlots: createSlots(1) });
      const { id } = await somebody(base);
      const world = from === 'from a known device' ? await fromKnownDevice(base, id) : base;
      for (let n = 0; n < 3; n += 1) await signIn(world, email, 'not this one');
      const before = await counted();
      const ends = fillQueue(world);
      for (let n = 0; n < 50; n += 1) expect(await signIn(world, email, anasPassword)).toEqual({ status: 'busy' });
      expect(await counted()).toEqual(before);
      await ends();
      expect(await signIn(world, email, anasPassword)).toMatchObject({ status: 'signed-in' });
    },
  );

  test('gives back the wait as well, where the try had begun one', async () => {
    const world = worldOn(db, { hashSlots: createSlots(1) });
    await somebody(world);
    for (let n = 0; n < 4; n += 1) await signIn(world, email, 'not this one');
    const before = await counted();
    const ends = fillQueue(world);
    for (let n = 0; n < 3; n += 1) expect(await signIn(world, email, anasPassword)).toEqual({ status: 'busy' });
    expect(await counted()).toEqual(before);
    await ends();
  });
});

describe('LOG-1: every hash and every check of one goes through the bounded queue', () => {
  test('only what is given the queue hashes; the command that makes a user is a process of its own', () => {
    const files = filesOf('app', 'lib').filter((file) =>
      /\b(?:hashPassword|verifyPassword|dummyHash)\(|@node-rs\/argon2/.test(readFileSync(file, 'utf8')),
    );
    expect(files.sort()).toEqual([
      'lib/reset/set-password.ts',
      'lib/users/administer.ts',
      'lib/users/authenticate.ts',
      'lib/users/password-hash.ts',
    ]);
    for (const file of ['lib/reset/set-password.ts', 'lib/users/authenticate.ts']) {
      const calls = readFileSync(file, 'utf8').match(/.*\b(?:hashPassword|verifyPassword)\(.*/g) ?? [];
      expect(calls.filter((call) => !call.includes('hashSlots.run('))).toEqual([]);
    }
  });

  test('a new password waits for its turn, and where the queue is full is told so, and spends nothing', async () => {
    const world = worldOn(db, { hashSlots: createSlots(1) });
    await somebody(world);
    const ana = await asksForCode(world, email);
    await ana.typesTheCode();
    const ends = fillQueue(world);
    expect(await ana.chooses('velvet crane harbour')).toEqual({ status: 'busy' });
    await ends();
    expect(await ana.chooses('velvet crane harbour')).toMatchObject({ status: 'changed' });
  });

  test('of 300 new passwords at once with one grant a few are hashed and asked for, and a sign-in beside them is heard', async () => {
    const hibp = await startHibp();
    let hashed = 0;
    const slots = createSlots(2);
    const hashSlots: typeof slots = {
      ...slots,
      run: (client, work) => {
        hashed += 1;
        return slots.run(client, work);
      },
    };
    const breached = breachCheckOf({ HIBP: true, HIBP_API_BASE_URL: hibp.url });
    const world = worldOn(db, { hashSlots, breached });
    await somebody(world);
    await somebody(world, { email: 'bo@latchkey.test', phone: null });
    const ana = await asksForCode(world, email);
    await ana.typesTheCode();
    hibp.answers('hang');
    const all = Promise.all(Array.from({ length: 300 }, (_, n) => ana.chooses(`velvet crane harbour ${n}`)));
    const bo = { ...world, caller: { address: 'hash of another network', devices: [] } };
    expect(await signIn(bo, 'bo@latchkey.test', anasPassword)).toMatchObject({ status: 'signed-in' });
    const outcomes = await all;
    expect(outcomes.filter(({ status }) => status === 'busy').length).toBeGreaterThanOrEqual(297);
    expect(outcomes.some(({ status }) => status === 'changed')).toBe(true);
    expect(hibp.asked.length).toBeLessThanOrEqual(3);
    expect(hashed).toBeLessThanOrEqual(4);
    await hibp.close();
  });

  test('PW-4: no more than twelve questions at once go to Have I Been Pwned; beyond them the local list decides', async () => {
    const hibp = await startHibp();
    hibp.answers('hang');
    const breached = breachCheckOf({ HIBP: true, HIBP_API_BASE_URL: hibp.url });
    await Promise.all(Array.from({ length: 100 }, (_, n) => breached?.(`velvet crane harbour ${n}`)));
    expect(hibp.asked).toHaveLength(12);
    hibp.answers('usual');
    expect(await breached?.('velvet crane harbour')).toBe(false);
    expect(hibp.asked).toHaveLength(13);
    await hibp.close();
  });
});

describe('ADM-5: an admin’s right password', () => {
  test('is written down, and clears no failure until the second step is passed', async () => {
    const world = worldOn(db);
    const { id } = await anAdmin(world);
    for (let n = 0; n < 2; n += 1) await signIn(world, admins, 'not this one');
    const outcome = await signIn(world, admins, anasPassword);
    if (outcome.status !== 'second-step') throw new Error(outcome.status);
    expect(await db.auditEvent.count({ where: { type: 'password_right', subjectId: id } })).toBe(1);
    expect(await failuresOf()).toBe(3);
    const pending = await openPending(world, newPending(outcome, '/admin'), outcome.counted);
    expect(await failuresOf()).toBe(3);
    const passed = { counted: outcome.counted, passed: { pendingId: pending.id } };
    expect(await createSession(world, { ...outcome, role: 'admin' }, passed)).not.toBeNull();
    expect(await failuresOf()).toBe(0);
  });

  test('does not restart the count: after five tries it waits like a wrong one', async () => {
    const world = worldOn(db);
    await anAdmin(world);
    for (let n = 0; n < 5; n += 1)
      expect(await signIn(world, admins, anasPassword)).toMatchObject({ status: 'second-step' });
    expect(await signIn(world, admins, anasPassword)).toEqual({ status: 'refused' });
  });

  test('after three wrong second steps in a row the admin gets one mail, and a right one begins the count anew', async () => {
    const world = worldOn(db);
    const admin = await anAdmin(world);
    const { secret } = await enrols(world, admin);
    const wrong = async (times: number) => {
      for (let n = 0; n < times; n += 1)
        expect(await typesCode(world, admin, notShown(secret, world.clock.now()))).toEqual({ status: 'wrong' });
    };
    const mails = async () => {
      await deliver(world);
      return (await messages(world, 'email')).filter(({ subject }) => subject?.startsWith('Wrong codes'));
    };
    await wrong(TOLD_AT - 1);
    expect(await mails()).toEqual([]);
    await wrong(2);
    expect(await mails()).toMatchObject([{ to: admins, text: expect.stringContaining('Nobody got in') }]);
    expect(await typesCode(world, admin, appShows(secret, world.clock.now()))).toMatchObject({ status: 'right' });
    await wrong(TOLD_AT - 1);
    expect(await mails()).toHaveLength(1);
    await wrong(1);
    expect(await mails()).toHaveLength(2);
    expect(await db.auditEvent.count({ where: { type: 'second_step_wrong' } })).toBe(2 * TOLD_AT + 1);
  });
});

test('VER-4, AUD-3: a device goes a year after it was last seen', async () => {
  const world = worldOn(db);
  const { id: userId } = await somebody(world);
  for (const age of [366, 364]) {
    const at = new Date(Date.now() - days(age));
    await db.device.create({ data: { userId, createdAt: new Date(0), lastSeenAt: at } });
  }
  await purge(db, world.clock.now());
  const [left, ...more] = await db.device.findMany();
  expect(more).toEqual([]);
  expect(left?.lastSeenAt.getTime()).toBeGreaterThan(Date.now() - days(365));
});

test('LOG-2: sessions of an admin still need the second step', async () => {
  const world = worldOn(db);
  const { id } = await anAdmin(world);
  const who = { userId: id, passwordVersion: 0, role: 'admin' } as const;
  expect(await createSession(world, who, { counted: nothingCounted })).toBeNull();
});
