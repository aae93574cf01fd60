import { hours, minutes, seconds } from '@/lib/clock';
import { setCrowdMark } from '@/lib/otp/guesses';
import { attacks, digitsOf, guesses } from '@/tests/support/attacker';
import { testDatabase } from '@/tests/support/database';
import { asksForCode } from '@/tests/support/person';
import { deliver, fromElsewhere, latestCode, messages, somebody, worldOn } from '@/tests/support/world';

const db = testDatabase();
const email = 'ana@latchkey.test';

describe('VER-3: codes grow where somebody guesses, and nobody is locked out', () => {
  test.each(['ana@latchkey.test', 'nobody@latchkey.test'])('8 digits after twenty wrong guesses at %s', async (at) => {
    const world = worldOn(db);
    await somebody(world);
    for (let round = 1; round <= 4; round += 1) {
      const visitor = await attacks(world, at, 5);
      expect(await digitsOf(world, visitor)).toBe(6);
    }
    expect(await digitsOf(world, await asksForCode(fromElsewhere(world), at))).toBe(8);
  });

  test('guesses that live codes still allow count as well, so that nobody collects codes first', async () => {
    const world = worldOn(db);
    await somebody(world);
    const digits: number[] = [];
    for (let code = 1; code <= 5; code += 1)
      digits.push(await digitsOf(world, await asksForCode(fromElsewhere(world), email)));
    expect(digits).toEqual([6, 6, 6, 6, 8]);
  });

  test('codes that ended unguessed count for nothing: asking alone makes no code longer', async () => {
    const world = worldOn(db);
    await somebody(world);
    for (let code = 1; code <= 6; code += 1) {
      expect(await digitsOf(world, await asksForCode(fromElsewhere(world), email))).toBe(6);
      world.clock.advance(minutes(10));
    }
  });

  test('the owner gets in with the longer code, and the count begins anew', async () => {
    const world = worldOn(db);
    await somebody(world);
    for (let round = 1; round <= 4; round += 1) await attacks(world, email, 5);
    const ana = await asksForCode(fromElsewhere(world), email);
    expect(await latestCode(world)).toMatch(/^\d{8}$/);
    expect(await ana.typesTheCode()).toMatchObject({ status: 'proved' });
    expect(await ana.chooses('brass otter lantern')).toMatchObject({ status: 'changed' });
    expect(await digitsOf(world, await asksForCode(fromElsewhere(world), email))).toBe(6);
  });

  test('a day later six digits are enough again; a hundred in a row stay beyond guessing', async () => {
    const world = worldOn(db);
    await somebody(world);
    for (let round = 1; round <= 4; round += 1) await attacks(world, email, 5);
    world.clock.advance(hours(24) + minutes(11));
    expect(await digitsOf(world, await attacks(world, email, 5))).toBe(6);
    for (let round = 6; round <= 20; round += 1) await attacks(world, email, 5);
    expect(await digitsOf(world, await asksForCode(fromElsewhere(world), email))).toBe(20);
    world.clock.advance(hours(30));
    const ana = await asksForCode(fromElsewhere(world), email);
    expect(await digitsOf(world, ana)).toBe(20);
    expect(await ana.typesTheCode()).toMatchObject({ status: 'proved' });
    expect(await digitsOf(world, await asksForCode(fromElsewhere(world), email))).toBe(6);
  });

  test('a right code that may be clicked twice keeps its other tries in the count, for as long as it may', async () => {
    const world = worldOn(db);
    await somebody(world);
    const ana = await asksForCode(fromElsewhere(world), email);
    expect(await ana.typesTheCode()).toMatchObject({ status: 'proved' });
    world.clock.advance(seconds(1));
    for (let round = 1; round <= 19; round += 1) await attacks(world, email, 5);
    // 95 in a row, five more for a new code, and four that the proved one would still compare.
    expect(await digitsOf(world, await asksForCode(fromElsewhere(world), email))).toBe(20);
    world.clock.advance(minutes(11));
    expect(await digitsOf(world, await attacks(world, email, 5))).toBe(8);
  });

  test('a hundred wrong guesses in a row are told to the owner and to the admins, once, and to nobody else', async () => {
    const world = worldOn(db);
    const { id } = await somebody(world);
    const admin = await somebody(world, { email: 'admin@latchkey.test', phone: null });
    await db.user.update({ where: { id: admin.id }, data: { role: 'admin' } });
    for (let round = 1; round <= 21; round += 1) await attacks(world, email, 5);
    await deliver(world);
    const told = await db.delivery.findMany({ where: { kind: 'guessing' } });
    expect(told.map(({ userId }) => userId).sort()).toEqual([id, admin.id].sort());
    const mails = (await messages(world)).filter(({ subject }) => subject?.startsWith('Somebody is guessing'));
    expect(mails.find(({ to }) => to === email)?.text).toContain('let you back into your Latchkey account');
    expect(mails.find(({ to }) => to === 'admin@latchkey.test')?.text).toContain('let ana@latchkey.test back');
    for (let round = 1; round <= 20; round += 1) await attacks(world, 'nobody@latchkey.test', 5);
    // The same rows for an address that nobody owns, and no message.
    expect(await db.delivery.count({ where: { kind: 'guessing', userId: null } })).toBe(2);
  });

  test('no length ever has more guesses than it bears, whatever is resent in between', async () => {
    const world = worldOn(db);
    await somebody(world);
    for (let round = 0; round < 24; round += 1) {
      const visitor = await attacks(world, email, 3);
      world.clock.advance(minutes(8));
      // A dying code is replaced by one that inherits what was spent (GEN-3).
      await visitor.resends();
      await guesses(visitor, 5);
      world.clock.advance(seconds(30));
    }
    const spent = await db.challenge.groupBy({ by: ['digits'], _sum: { attempts: true, inherited: true } });
    const at = (digits: number) => {
      const sum = spent.find((row) => row.digits === digits)?._sum;
      return (sum?.attempts ?? 0) - (sum?.inherited ?? 0);
    };
    expect(at(6)).toBeGreaterThan(0);
    expect(at(6)).toBeLessThanOrEqual(20);
    expect(at(6) + at(8)).toBeLessThanOrEqual(100);
  });

  test('from 500 wrong guesses at everybody on, strangers get ten digits, and a known device six', async () => {
    const world = worldOn(db);
    const { id } = await somebody(world);
    await db.counter.create({ data: crowd(world.clock.now(), 499) });
    expect(await digitsOf(world, await attacks(world, 'bo@latchkey.test', 1))).toBe(6);
    expect(await digitsOf(world, await asksForCode(fromElsewhere(world), email))).toBe(10);
    const at = world.clock.now();
    const device = await db.device.create({ data: { userId: id, createdAt: at, lastSeenAt: at } });
    const known = { ...world, caller: { address: 'home', devices: [device.id] } };
    expect(await digitsOf(world, await asksForCode(known, email))).toBe(6);
  });

  test('where many wrong guesses are usual, the mark is five times the median of the last days', async () => {
    const world = worldOn(db);
    const now = world.clock.now();
    for (const [daysAgo, points] of [
      [1, 300],
      [2, 200],
      [3, 200],
      [4, 100],
      [5, 900],
      [6, 200],
      [7, 50],
    ] as const)
      await db.counter.create({ data: crowd(new Date(now.getTime() - hours(24 * daysAgo)), points) });
    await db.$executeRaw(setCrowdMark(now));
    expect((await db.counter.findUniqueOrThrow({ where: { key: 'guesses-mark' } })).points).toBe(1_000);
    await db.counter.deleteMany({ where: { points: { gte: 200 } } });
    await db.$executeRaw(setCrowdMark(now));
    expect((await db.counter.findUniqueOrThrow({ where: { key: 'guesses-mark' } })).points).toBe(500);
  });

  test('short codes from before are compared up to one and a half times the mark, then a longer one is asked for', async () => {
    const world = worldOn(db);
    await somebody(world);
    const ana = await asksForCode(world, email);
    const code = await latestCode(world);
    await db.counter.create({ data: crowd(world.clock.now(), 750) });
    expect(await ana.types(code)).toEqual({ status: 'too-short' });
    expect((await db.challenge.findFirstOrThrow()).attempts).toBe(0);
    world.clock.advance(minutes(1));
    expect(await ana.resends()).toMatchObject({ status: 'resent' });
    expect(await latestCode(world)).toMatch(/^\d{10}$/);
    expect(await ana.typesTheCode()).toMatchObject({ status: 'proved' });
  });
});

const crowd = (at: Date, points: number) => ({
  key: `guesses:${at.toISOString().slice(0, 13)}`,
  points,
  expiresAt: new Date(at.getTime() + hours(240)),
});
