import { hours, minutes, seconds } from '@/lib/clock';
import { exposition } from '@/lib/metrics/exposition';
import { tallyHours } from '@/lib/metrics/tally';
import { freeOfLimits } from '@/lib/sms-budget/cost';
import { guesses } from '@/tests/support/attacker';
import { testClock } from '@/tests/support/clock';
import { databaseDay, testDatabase } from '@/tests/support/database';
import { asksForCode } from '@/tests/support/person';
import { sentCodes } from '@/tests/support/sent-codes';
import { fromElsewhere, somebody, type World, worldOn } from '@/tests/support/world';

const db = testDatabase();
const read = async (world: World) => (await exposition(world, world.clock.now())).text;
/** Ten past the hour that `at` is in. */
const tenPast = (at: Date): Date => new Date(at.setUTCMinutes(10, 0, 0));
/** The value of one line. */
const value = (text: string, series: string): number | null => {
  const line = text.split('\n').find((one) => one.startsWith(`${series} `));
  return line === undefined ? null : Number(line.slice(series.length + 1));
};

describe('OBS-1: what Prometheus reads', () => {
  test('tells by channel what became of codes, and nothing of anybody', async () => {
    const world = worldOn(db);
    const { email, phone } = await somebody(world);
    const ana = await asksForCode(world, email);
    world.clock.advance(seconds(30));
    await ana.typesTheCode();
    await guesses(await asksForCode(fromElsewhere(world), email, 'sms'), 2);
    await asksForCode(fromElsewhere(world), 'nobody@latchkey.test');
    const text = await read(world);
    expect(value(text, 'latchkey_requested_total{channel="email"}')).toBe(1);
    expect(value(text, 'latchkey_requested_total{channel="sms"}')).toBe(1);
    expect(value(text, 'latchkey_verified_total{channel="email"}')).toBe(1);
    expect(value(text, 'latchkey_wrong_total{channel="any"}')).toBe(2);
    expect(value(text, 'latchkey_decoy_total{channel="email"}')).toBe(1);
    expect(value(text, 'latchkey_typed_seconds{channel="email",quantile="0.5"}')).toBeGreaterThan(25);
    expect(value(text, 'latchkey_circuit_open{transport="inbox-email"}')).toBe(0);
    expect(value(text, 'latchkey_outbox_waiting')).toBe(0);
    for (const secret of [email, phone, process.version, ana.flow.challengeId]) expect(text).not.toContain(secret);
  });

  test('counters only rise, and an hour that is counted meanwhile is in them once', async () => {
    const world = worldOn(db, { clock: testClock(tenPast(new Date())) });
    await somebody(world);
    await asksForCode(world, 'ana@latchkey.test');
    const series = 'latchkey_requested_total{channel="email"}';
    expect(value(await read(world), series)).toBe(1);
    world.clock.advance(hours(2));
    expect(value(await read(world), series)).toBe(1);
    for (let round = 1; round <= 2; round += 1) await tallyHours(db, world.clock.now());
    expect(value(await read(world), series)).toBe(1);
    await asksForCode(fromElsewhere(world), 'ana@latchkey.test');
    expect(value(await read(world), series)).toBe(2);
    // Challenges are gone after two days; what was counted stays.
    world.clock.advance(hours(2));
    await tallyHours(db, world.clock.now());
    await db.challenge.deleteMany();
    expect(value(await read(world), series)).toBe(2);
  });

  test('tells by country what SMS came to and cost, and what a limit refused', async () => {
    const world = worldOn(db, { smsCost: { ...freeOfLimits, budgets: new Map([['*', 20_000_000]]) } });
    await somebody(world);
    await sentCodes(db, { people: 3, by: 'sms' });
    const at = world.clock.now();
    await db.delivery.updateMany({
      data: {
        status: 'delivered',
        country: 'US',
        sentAt: new Date(at.getTime() - minutes(1)),
        deliveredAt: new Date(at.getTime() - 56_000),
      },
    });
    await db.smsCountry.create({ data: { country: 'US', spentOn: await databaseDay(db), spentMicros: 24_900n } });
    await db.auditEvent.create({ data: { at, type: 'send_refused' } });
    const text = await read(world);
    expect(value(text, 'latchkey_sms_last_day{country="US",outcome="delivered"}')).toBe(3);
    expect(value(text, 'latchkey_sms_inbox_seconds{country="US",quantile="0.95"}')).toBe(4);
    expect(value(text, 'latchkey_sms_spent_today{country="US"}')).toBe(0.0249);
    expect(value(text, 'latchkey_sms_budget_today{country="*"}')).toBe(20);
    expect(value(text, 'latchkey_limited_last_hour{type="send_refused"}')).toBe(1);
  });
});
