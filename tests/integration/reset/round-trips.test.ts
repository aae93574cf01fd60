import { minutes } from '@/lib/clock';
import { requestCode } from '@/lib/reset/request-code';
import { resendCode } from '@/lib/reset/resend-code';
import { start } from '@/lib/reset/start';
import { testDatabase } from '@/tests/support/database';
import { asksForCode, notThe } from '@/tests/support/person';
import { countedDatabase } from '@/tests/support/statements';
import { latestCode, somebody, worldOn } from '@/tests/support/world';

testDatabase();
const { db, statements } = countedDatabase();
const world = worldOn(db);
afterAll(() => db.$disconnect());

/** How many round trips to the database an act costs. */
async function cost(act: () => Promise<unknown>): Promise<number> {
  const before = statements.length;
  await act();
  return statements.length - before;
}

describe('round trips of a request (DESIGN.md, “Cost of a request”)', () => {
  test.each(['ana@latchkey.test', 'nobody@latchkey.test'])(
    'asking for a code takes two for %s: its limits, then the code',
    async (email) => {
      await somebody(world);
      const started = start(email, world.clock.now());
      if (started.status !== 'started') throw new Error(started.status);
      expect(await cost(() => requestCode(world, started.flow, 'email'))).toBe(2);
    },
  );

  test('verifying takes two, right or wrong, owned or not (ENU-3)', async () => {
    await somebody(world);
    const nobody = await asksForCode(world, 'nobody@latchkey.test');
    expect(await cost(() => nobody.types('000000'))).toBe(2);
    const ana = await asksForCode(world, 'ana@latchkey.test');
    const code = await latestCode(world);
    expect(await cost(() => ana.types(notThe(code)))).toBe(2);
    expect(await cost(() => ana.types(code))).toBe(2);
  });

  test('sending again takes two, and four where a dying code is replaced', async () => {
    await somebody(world);
    const ana = await asksForCode(world, 'ana@latchkey.test');
    world.clock.advance(minutes(1));
    expect(await cost(() => resendCode(world, ana.flow, 'email'))).toBe(2);
    world.clock.advance(minutes(7));
    expect(await cost(() => resendCode(world, ana.flow, 'email'))).toBe(4);
  });
});
