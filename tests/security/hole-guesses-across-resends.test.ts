import { hours, minutes, seconds } from '@/lib/clock';
import { digitsOf } from '@/tests/support/attacker';
import { testDatabase } from '@/tests/support/database';
import { asksForCode, takesUp, type Visitor } from '@/tests/support/person';
import { fromElsewhere, latestCode, messages, somebody, type World, worldOn } from '@/tests/support/world';

// ZITADEL CVE-2025-64102: each resend gave the guesses back. Here resends, successors, flows, channels and networks all
// share one budget for each length. What else makes codes grow: ver-3-growing-codes.test.ts.

const db = testDatabase();
const email = 'ana@latchkey.test';

/** Somebody with as many networks as guesses. What they typed is counted by the length that the code had then. */
function attacker(world: World) {
  const evaluated: Record<number, number> = {};
  let typed = 0;
  return {
    evaluated,
    async asks(channel: 'email' | 'sms'): Promise<Visitor> {
      return asksForCode(fromElsewhere(world), email, channel);
    },
    /** @returns how many of them were compared with the code */
    async guesses({ flow }: Visitor, times: number): Promise<number> {
      let compared = 0;
      for (let guess = 0; guess < times; guess += 1) {
        const visitor = takesUp(fromElsewhere(world), flow);
        const digits = await digitsOf(world, visitor);
        typed += 1;
        if ((await visitor.types(String(typed).padStart(digits, '0'))).status !== 'wrong') continue;
        evaluated[digits] = (evaluated[digits] ?? 0) + 1;
        compared += 1;
      }
      return compared;
    },
  };
}

test('a day, three flows at once: no length has more guesses than it bears, and the others meet twenty digits', async () => {
  const world = worldOn(db);
  await somebody(world);
  const { asks, guesses, evaluated } = attacker(world);
  for (let hour = 0; hour < 7; hour += 1) {
    const flows = [await asks('email'), await asks('sms'), await asks('email')];
    const compared = new Map<Visitor, number>();
    const guess = async (visitor: Visitor, times: number) =>
      compared.set(visitor, (compared.get(visitor) ?? 0) + (await guesses(visitor, times)));
    for (const visitor of flows) await guess(visitor, 2);
    world.clock.advance(seconds(31));
    // The same code once more, by this channel or the other.
    for (const visitor of flows) {
      await visitor.resends('email');
      await guess(visitor, 1);
    }
    world.clock.advance(minutes(7));
    // A dying one is replaced: what was spent stays spent (GEN-3).
    for (const visitor of flows) {
      const { challengeId } = visitor.flow;
      expect(await visitor.resends()).toMatchObject({ status: 'resent' });
      expect(visitor.flow.challengeId).not.toBe(challengeId);
      await guess(visitor, 4);
    }
    // Five tries for a flow, however often it was sent (VER-2).
    expect([...compared.values()]).toEqual([5, 5, 5]);
    world.clock.advance(hours(1));
  }
  const { 6: six = 0, 8: eight = 0, 20: twenty = 0 } = evaluated;
  expect([six > 0, eight > 0, six + eight + twenty]).toEqual([true, true, 7 * 15]);
  expect(six).toBeLessThanOrEqual(20);
  expect(six + eight).toBeLessThanOrEqual(100);
});

test('what is sent again is the code that was guessed at, no fresh one', async () => {
  const world = worldOn(db);
  await somebody(world);
  const { asks, guesses } = attacker(world);
  const visitor = await asks('email');
  const code = await latestCode(world);
  for (let send = 2; send <= 5; send += 1) {
    expect(await guesses(visitor, 1)).toBe(1);
    world.clock.advance(seconds(30));
    await visitor.resends();
  }
  for (const { text } of await messages(world)) expect(text).toContain(code);
  expect(await guesses(visitor, 3)).toBe(1);
  expect(await visitor.types(code)).toEqual({ status: 'exhausted' });
});
