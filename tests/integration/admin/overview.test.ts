import { hours, minutes, plus } from '@/lib/clock';
import { type Overview, overview } from '@/lib/metrics/overview';
import { tallyHours } from '@/lib/metrics/tally';
import { guesses } from '@/tests/support/attacker';
import { testDatabase } from '@/tests/support/database';
import { asksForCode } from '@/tests/support/person';
import { sentCodes } from '@/tests/support/sent-codes';
import { fromElsewhere, somebody, type World, worldOn } from '@/tests/support/world';

const db = testDatabase();
const noon = new Date('2026-11-22T12:00:00Z');
const figures = ({ funnel, failures, failedOver, wrong, decoys, lengthened }: Overview) => ({
  ...funnel,
  failures,
  failedOver,
  wrong,
  decoys,
  lengthened,
});

/** Ana gets in by email, Bo types wrong codes, somebody has no account, Cy cannot be reached by SMS. */
async function aDay(world: World): Promise<void> {
  await somebody(world);
  await somebody(world, { email: 'bo@latchkey.test', phone: '+12025550124' });
  const ana = await asksForCode(fromElsewhere(world), 'ana@latchkey.test');
  await ana.typesTheCode();
  await ana.chooses('brass otter lantern');
  await guesses(await asksForCode(fromElsewhere(world), 'bo@latchkey.test', 'sms'), 3);
  await asksForCode(fromElsewhere(world), 'nobody@latchkey.test');
}

describe('the overview', () => {
  test('tells from request to new password, by channel; a decoy is no request', async () => {
    const world = worldOn(db);
    await aDay(world);
    const seen = await overview(db, 'hour', world.clock.now());
    const [nothing, ana] = [0, 1].map((n) => ({ requested: n, sent: n, accepted: n, verified: n, reset: n }));
    expect(seen.funnel.email).toEqual(ana);
    expect(seen.funnel.sms).toEqual({ ...nothing, requested: 1, sent: 1 });
    expect(seen.funnel.all).toMatchObject({ requested: 2, sent: 2, accepted: 1, reset: 1 });
    expect(seen).toMatchObject({ wrong: 3, decoys: 1, lengthened: 0, failedOver: 0, failures: [] });
  });

  test('names what failed for good, and by which channel', async () => {
    const world = worldOn(db);
    await somebody(world);
    await sentCodes(db, {
      people: 3,
      by: 'sms',
      status: 'failed',
      errorClass: 'recipient',
      errorCode: '30003',
      at: noon,
    });
    await sentCodes(db, { people: 2, status: 'failed', at: noon });
    await sentCodes(db, { people: 4, at: noon });
    const seen = await overview(db, 'hour', plus(noon, minutes(30)));
    expect(seen.failures).toEqual([
      { what: 'recipient', email: 0, sms: 3 },
      { what: 'other', email: 2, sms: 0 },
    ]);
    expect(seen.funnel.email).toMatchObject({ requested: 6, accepted: 4 });
  });

  test('measures times by channel, within an eighth', async () => {
    await somebody(worldOn(db));
    await sentCodes(db, { people: 90, tookMs: 400, at: noon });
    await sentCodes(db, { people: 10, tookMs: 9_000, at: noon });
    const { handoff, chart } = await overview(db, 'hour', plus(noon, minutes(20)));
    const near = (ms: number | null, to: number) => expect(Math.abs((ms ?? 0) / to - 1)).toBeLessThan(0.13);
    near(handoff.email.p50, 400);
    near(handoff.email.p95, 9_000);
    expect(handoff.sms).toEqual({ p50: null, p95: null });
    const measured = chart.filter(({ email }) => email !== null);
    expect(measured.map(({ at }) => at)).toEqual([noon]);
    expect(chart).toHaveLength(13);
  });

  test('an hour that was counted tells what its rows told, and goes on telling it when they are gone', async () => {
    const world = worldOn(db);
    await aDay(world);
    const later = plus(world.clock.now(), hours(3));
    const before = figures(await overview(db, 'day', later));
    await tallyHours(db, later);
    expect(await db.tally.count({ where: { what: 'requested' } })).toBe(2);
    expect(figures(await overview(db, 'day', later))).toEqual(before);
    await db.challenge.deleteMany();
    expect(figures(await overview(db, 'day', later))).toEqual(before);
    expect(figures(await overview(db, 'week', later))).toEqual(before);
  });

  test('any number of processes count an hour once, and never one that is not over', async () => {
    const world = worldOn(db);
    await aDay(world);
    const now = world.clock.now();
    await tallyHours(db, now);
    expect(await db.tally.count({ where: { what: { not: 'counted' } } })).toBe(0);
    const later = plus(now, hours(3));
    await Promise.all([1, 2, 3, 4].map(() => tallyHours(db, later)));
    const { funnel } = await overview(db, 'day', later);
    expect(funnel.all.requested).toBe(2);
    await tallyHours(db, plus(later, hours(1)));
    expect((await overview(db, 'day', later)).funnel.all.requested).toBe(2);
  });

  test('compares with the span before, where that was counted', async () => {
    await somebody(worldOn(db));
    await sentCodes(db, { people: 6, at: noon });
    await tallyHours(db, plus(noon, hours(2)));
    const next = plus(noon, hours(25));
    expect((await overview(db, 'day', next)).requestedBefore).toBe(6);
    expect((await overview(db, 'hour', next)).requestedBefore).toBeNull();
    expect((await overview(db, 'week', next)).requestedBefore).toBeNull();
  });
});
