import { days, hours, minutes, seconds } from '@/lib/clock';
import { requestCode } from '@/lib/reset/request-code';
import { start } from '@/lib/reset/start';
import { testDatabase } from '@/tests/support/database';
import { fromKnownDevice } from '@/tests/support/devices';
import { asksForCode } from '@/tests/support/person';
import { withProof } from '@/tests/support/proofs';
import { uses } from '@/tests/support/used-limits';
import { deliver, fromElsewhere, messages, somebody, type World, worldOn } from '@/tests/support/world';

const db = testDatabase();
const email = 'ana@latchkey.test';

/** What the page would learn of a request, and nothing else. */
async function asks(world: World, address = email, channel: 'email' | 'sms' = 'email') {
  const begun = start(address, world.clock.now());
  if (begun.status !== 'started') throw new Error(begun.problem);
  const outcome = await withProof(world, (here) => requestCode(here, begun.flow, channel));
  await deliver(world);
  return outcome;
}

async function times(count: number, act: (round: number) => Promise<unknown>): Promise<void> {
  for (let round = 0; round < count; round += 1) await act(round);
}

describe('RL-2: sends are limited, and the answers look alike', () => {
  test('five an hour go from one network to one address; the sixth looks as ever and is not sent', async () => {
    const world = worldOn(db);
    await somebody(world);
    const outcomes: string[] = [];
    await times(7, async () => outcomes.push((await asks(world)).status));
    expect(new Set(outcomes)).toEqual(new Set(['requested']));
    expect(await messages(world)).toHaveLength(5);
    expect(await db.challenge.count({ where: { userId: null } })).toBe(2);
    // Its rows are those of a send: challenge, delivery, link. The log says it once an hour.
    expect(await db.delivery.count({ where: { status: 'sent' } })).toBe(7);
    expect(await db.actionToken.count()).toBe(7);
    expect(await db.auditEvent.count({ where: { type: 'code_suppressed' } })).toBe(1);
    world.clock.advance(hours(1));
    await asks(world);
    expect(await messages(world)).toHaveLength(6);
  });

  test('a refused request is not counted: going on asking does not prolong the wait', async () => {
    const world = worldOn(db);
    await somebody(world);
    await times(5, () => asks(world));
    await times(4, async () => {
      world.clock.advance(minutes(14));
      await asks(world);
    });
    expect(await messages(world)).toHaveLength(5);
    world.clock.advance(minutes(4));
    await times(5, () => asks(world));
    expect(await messages(world)).toHaveLength(10);
  });

  test('an hour is any hour: no sixth within one, wherever it begins', async () => {
    const world = worldOn(db);
    await somebody(world);
    await asks(world);
    world.clock.advance(minutes(59));
    await times(4, () => asks(world));
    world.clock.advance(minutes(1));
    // The first is an hour ago, the four others a minute.
    await times(2, () => asks(world));
    expect(await messages(world)).toHaveLength(6);
  });

  test('twenty an hour and forty a day go to one address by one channel, from wherever they are asked', async () => {
    const world = worldOn(db);
    await somebody(world);
    await times(22, () => asks(fromElsewhere(world)));
    expect(await messages(world, 'email')).toHaveLength(20);
    await asks(fromElsewhere(world), email, 'sms');
    expect(await messages(world, 'sms')).toHaveLength(1);
    world.clock.advance(hours(1));
    await times(21, () => asks(fromElsewhere(world)));
    expect(await messages(world, 'email')).toHaveLength(40);
    world.clock.advance(hours(2));
    await times(2, () => asks(fromElsewhere(world)));
    expect(await messages(world, 'email')).toHaveLength(40);
    world.clock.advance(days(1));
    await asks(fromElsewhere(world));
    expect(await messages(world, 'email')).toHaveLength(41);
  });

  test('codes that are sent again count like new ones', async () => {
    const world = worldOn(db);
    await somebody(world);
    const ana = await asksForCode(world, email);
    for (let send = 2; send <= 5; send += 1) {
      world.clock.advance(seconds(30));
      expect(await ana.resends()).toMatchObject({ status: 'resent' });
    }
    expect(await messages(world)).toHaveLength(5);
    const again = await asksForCode(world, email);
    expect(await messages(world)).toHaveLength(5);
    world.clock.advance(seconds(30));
    expect(await again.resends()).toMatchObject({ status: 'resent' });
    expect(await messages(world)).toHaveLength(5);
  });

  test('two hundred an hour come from one network, whoever they are for; then it is told, and uses up nobody’s', async () => {
    const world = worldOn(db);
    await somebody(world);
    await uses(world, 'send-address', 199);
    expect(await asks(world, 'nobody@latchkey.test')).toMatchObject({ status: 'requested' });
    const before = await db.counter.count({ where: { key: { not: { startsWith: 'proof' } } } });
    expect(await asks(world)).toEqual({ status: 'refused', until: new Date(world.clock.now().getTime() + hours(1)) });
    expect(await db.challenge.count()).toBe(1);
    expect(await db.counter.count({ where: { key: { not: { startsWith: 'proof' } } } })).toBe(before);
    expect(await messages(world)).toHaveLength(0);
    expect(await db.auditEvent.count({ where: { type: 'send_refused' } })).toBe(1);
    // Ana herself, from elsewhere, has all of hers.
    await times(5, () => asks(fromElsewhere(world)));
    expect(await messages(world)).toHaveLength(5);
  });

  test('a known device has limits of its own: strangers cannot use them up, and it has an end too', async () => {
    const world = worldOn(db);
    const { id } = await somebody(world);
    const bo = await somebody(world, { email: 'bo@latchkey.test', phone: null });
    await times(21, () => asks(fromElsewhere(world)));
    expect(await messages(world)).toHaveLength(20);
    const home = await fromKnownDevice(world, id);
    await times(12, () => asks(home));
    expect(await messages(world)).toHaveLength(30);
    // Somebody else's device is nobody's here.
    const foreign = await fromKnownDevice(world, bo.id);
    await asks(foreign);
    expect(await messages(world)).toHaveLength(30);
  });

  test('a double click counts once', async () => {
    const world = worldOn(db);
    await somebody(world);
    const begun = start(email, world.clock.now());
    if (begun.status !== 'started') throw new Error(begun.problem);
    await times(10, () => requestCode(world, begun.flow, 'email'));
    expect((await db.counter.findFirstOrThrow({ where: { key: { startsWith: 'send-pair' } } })).hits).toHaveLength(1);
  });

  test('a network that is refused costs the database nothing for five seconds, and an unblocking is felt then', async () => {
    const world = worldOn(db);
    await uses(world, 'send-address', 200);
    await asks(world);
    await db.counter.deleteMany();
    expect(await asks(world)).toMatchObject({ status: 'refused' });
    world.clock.advance(seconds(5));
    expect(await asks(world)).toMatchObject({ status: 'requested' });
  });
});
