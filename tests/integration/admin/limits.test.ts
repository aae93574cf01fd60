import { blockedNow, blockedOf, unblock } from '@/lib/admin/limits/blocked-now';
import { seekBlocked } from '@/lib/admin/limits/blocked-search';
import { limitsNow, setLimit } from '@/lib/admin/limits/set-limit';
import { crowdNow } from '@/lib/admin/limits/site-wide';
import type { Acting } from '@/lib/admin/people/act-on-person';
import { seconds } from '@/lib/clock';
import { counterKey, policies } from '@/lib/limits/policies';
import type { Policy } from '@/lib/limits/policy';
import { requestCode } from '@/lib/reset/request-code';
import { start } from '@/lib/reset/start';
import { signIn } from '@/lib/session/sign-in';
import { attacks } from '@/tests/support/attacker';
import { anAdmin } from '@/tests/support/authenticator';
import { testDatabase } from '@/tests/support/database';
import { withProof } from '@/tests/support/proofs';
import { uses } from '@/tests/support/used-limits';
import { deliver, fromElsewhere, messages, somebody, type World, worldOn } from '@/tests/support/world';

const db = testDatabase();
const email = 'ana@latchkey.test';

async function scene(): Promise<{ world: World; ana: string; acting: Acting }> {
  const world = worldOn(db);
  const { id: ana } = await somebody(world);
  const { id: adminId } = await anAdmin(world);
  return { world, ana, acting: { ...world, adminId } };
}

async function asks(world: World, address = email): Promise<string> {
  const begun = start(address, world.clock.now());
  if (begun.status !== 'started') throw new Error(begun.problem);
  return (await withProof(world, (here) => requestCode(here, begun.flow, 'email'))).status;
}
const asksOften = async (world: World, often: number): Promise<string[]> => {
  const outcomes: string[] = [];
  for (let n = 0; n < often; n += 1) outcomes.push(await asks(world, `p${n}@latchkey.test`));
  return outcomes;
};
const events = (type: string) => db.auditEvent.findMany({ where: { type }, orderBy: { at: 'asc' } });

/** A policy's name, perhaps a channel or a step, then a keyed hash or a row's random id: nothing of what was typed (AUD-3). */
const keyWithoutAName = /^[a-z-]+(:(email|sms|second-step))?:([0-9a-f]{64}|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12})$/;

describe('a network that asked too often', () => {
  test('is seen, why and until when, is found by its address, and goes on within five seconds of being unblocked', async () => {
    const { world, acting } = await scene();
    expect(await blockedNow(db, world.clock.now())).toEqual([]);
    await uses(world, 'send-address', 200);
    expect(await asks(world)).toBe('refused');
    const [row, ...others] = await blockedNow(db, world.clock.now());
    expect(others).toEqual([]);
    expect(row).toMatchObject({ why: 'full', count: 200, most: 200, until: expect.any(Date) });
    expect(row?.key).toBe(counterKey('send-address', world.caller.address));
    expect(await unblock(acting, row?.key ?? '')).toBe(true);
    expect(await unblock(acting, row?.key ?? '')).toBe(false);
    // This process remembers its refusal, for five seconds at most.
    world.clock.advance(seconds(5));
    expect(await asks(world)).toBe('requested');
    expect(await blockedNow(db, world.clock.now())).toEqual([]);
    expect(await events('unblocked')).toMatchObject([
      { actorId: acting.adminId, detail: { limit: 'send-address', before: 200, after: 0 } },
    ]);
  });

  test('is not listed any more when its hour is over', async () => {
    const { world } = await scene();
    await uses(world, 'send-address', 200);
    await asks(world);
    world.clock.advance(3_600_000);
    expect(await blockedNow(db, world.clock.now())).toEqual([]);
  });

  test.each(['203.0.113.9', ' 203.0.113.9:443 ', '2001:db8:1:2::7', email, '+12025550123'])(
    '%s is searched by keyed hashes',
    async (typed) => {
      const { world, ana } = await scene();
      const sought = await seekBlocked(world, typed);
      if (sought.status === 'unreadable') throw new Error(typed);
      expect(sought.keys.length).toBeGreaterThan(3);
      for (const key of sought.keys) expect(key).toMatch(keyWithoutAName);
      if (sought.status === 'person') expect(sought.personId).toBe(ana);
      const key = sought.keys.find((one) => one.startsWith('sign-in')) ?? sought.keys[0] ?? '';
      const until = new Date(world.clock.now().getTime() + 60_000);
      await db.counter.create({ data: { key, hits: [], points: 9, until, expiresAt: until } });
      expect(await blockedOf(db, sought.keys, world.clock.now())).toMatchObject([{ key, why: 'waiting', count: 9 }]);
    },
  );

  test('nothing is found by what is neither', async () => {
    const { world } = await scene();
    for (const typed of ['', 'x', '300.1.1.1', '%', 'a'.repeat(5_000)])
      expect(await seekBlocked(world, typed)).toEqual({ status: 'unreadable' });
  });
});

test('a person whose codes are guessed at and who must wait to sign in is listed; only what counts can be unblocked', async () => {
  const { world, acting } = await scene();
  for (let code = 0; code < 5; code += 1) await attacks(world, email, 5);
  for (let n = 0; n < 6; n += 1) await signIn(fromElsewhere(world), email, 'not this one');
  const rows = await blockedNow(db, world.clock.now());
  expect(rows.map(({ why, count }) => [why, count])).toEqual([
    ['waiting', 5],
    ['guessed', 25],
  ]);
  for (const { key } of rows) expect(await unblock(acting, key)).toBe(true);
  expect(await blockedNow(db, world.clock.now())).toEqual([]);
  const hour = `guesses:${world.clock.now().toISOString().slice(0, 13)}`;
  expect((await db.counter.findUniqueOrThrow({ where: { key: hour } })).points).toBe(25);
  // What counts for everybody is nobody's to forget.
  for (const key of [hour, 'guesses-mark', 'nothing', "' OR true"]) expect(await unblock(acting, key)).toBe(false);
  expect(await crowdNow(db, world.clock.now())).toMatchObject({
    guesses: 25,
    worksAt: 250,
    longerAt: 500,
    stopsAt: 750,
  });
});

describe('a number', () => {
  test('holds at once, lower or higher, and back; it is written down with who, before and after', async () => {
    const { world, acting } = await scene();
    expect(await setLimit(acting, 'send-address', 5, 0)).toEqual({ status: 'done' });
    expect((await asksOften(world, 6)).filter((one) => one === 'requested')).toHaveLength(5);
    world.clock.advance(seconds(5));
    expect(await setLimit(acting, 'send-address', 8, 1)).toEqual({ status: 'done' });
    expect((await asksOften(world, 4)).filter((one) => one === 'requested')).toHaveLength(3);
    world.clock.advance(seconds(5));
    expect(await setLimit(acting, 'send-address', null, 2)).toEqual({ status: 'done' });
    expect(await asks(world)).toBe('requested');
    expect((await limitsNow(db)).find(({ name }) => name === 'send-address')).toMatchObject({
      ...{ standard: 200, set: null, version: 3 },
    });
    expect((await events('limit_set')).map(({ detail }) => detail)).toEqual([
      { limit: 'send-address', before: 200, after: 5 },
      { limit: 'send-address', before: 5, after: 8 },
      { limit: 'send-address', before: 8, after: 200 },
    ]);
  });

  test('bounds silence as well: past it nothing is sent, and it looks as ever', async () => {
    const { world, acting } = await scene();
    await setLimit(acting, 'send-pair', 3, 0);
    for (let n = 0; n < 5; n += 1) expect(await asks(world)).toBe('requested');
    await deliver(world);
    expect(await messages(world)).toHaveLength(3);
  });

  test('of two admins who change one at once the second is told', async () => {
    const { acting } = await scene();
    expect(await setLimit(acting, 'send-pair', 6, 0)).toEqual({ status: 'done' });
    expect(await setLimit(acting, 'send-pair', 7, 0)).toEqual({ status: 'changed-meanwhile' });
    expect(await setLimit(acting, 'send-pair', 7, 9)).toEqual({ status: 'changed-meanwhile' });
    expect(await setLimit(acting, 'guess-address-day', 70, 3)).toEqual({ status: 'changed-meanwhile' });
    expect(await db.limitOverride.findMany()).toMatchObject([{ policy: 'send-pair', most: 6, version: 1 }]);
    expect(await events('limit_set')).toHaveLength(1);
  });

  test.each([
    ['send-address', 4],
    ['send-address', 501],
    ['send-address', 5.5],
    ['send-address', Number.NaN],
    ['guess-address-hour', 0],
    ['guess-address-hour', -1],
  ])('%s is not set to %s', async (name, most) => {
    const { acting } = await scene();
    expect(await setLimit(acting, name, most, 0)).toMatchObject({ status: 'out-of-bounds' });
    expect(await db.limitOverride.count()).toBe(0);
  });

  test.each(['proof', 'proof-wait', 'guesses', '__proto__', ''])('%s is none that can be set', async (name) => {
    const { acting } = await scene();
    expect(await setLimit(acting, name, 10, 0)).toEqual({ status: 'unknown' });
  });

  test('its standard lies within its bounds, and nothing that bounds guessing at an address is in the table', () => {
    for (const [name, { most, bounds }] of Object.entries(policies as Record<string, Policy>)) {
      if (bounds) expect([name, most >= bounds[0] && most <= bounds[1]]).toEqual([name, true]);
      expect(name).not.toMatch(/^guess-identifier|^guesses/);
    }
  });
});
