import { minutes } from '@/lib/clock';
import { crowdKeys } from '@/lib/otp/guesses';
import { requestCode } from '@/lib/reset/request-code';
import { resendCode } from '@/lib/reset/resend-code';
import { start } from '@/lib/reset/start';
import { verifyCode } from '@/lib/reset/verify-code';
import { signIn } from '@/lib/session/sign-in';
import { testDatabase } from '@/tests/support/database';
import { asksForCode, notThe } from '@/tests/support/person';
import { bringing, cheapProof } from '@/tests/support/proofs';
import { countedDatabase } from '@/tests/support/statements';
import { anasPassword, latestCode, somebody, worldOn } from '@/tests/support/world';

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

describe('round trips of a request (ENU-3)', () => {
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

  test('work that is asked for costs none of its own: one to be asked, and with it as many as ever (RL-2)', async () => {
    await somebody(world);
    const ana = await asksForCode(world, 'ana@latchkey.test');
    const expiresAt = new Date(world.clock.now().getTime() + minutes(60));
    await db.counter.create({ data: { key: crowdKeys(world.clock.now()).hour, points: 499, expiresAt } });
    const started = start('ana@latchkey.test', world.clock.now());
    if (started.status !== 'started') throw new Error(started.status);
    const acts: [number, (here: typeof world) => Promise<unknown>][] = [
      [2, (here) => requestCode(here, started.flow, 'email')],
      [2, (here) => verifyCode(here, ana.flow, '000000')],
      [3, (here) => signIn(here, 'ana@latchkey.test', anasPassword)],
    ];
    for (const [usual, act] of acts) {
      expect(await cost(() => act(world))).toBe(1);
      const proved = bringing(world, await cheapProof(world));
      expect(await cost(() => act(proved))).toBe(usual);
    }
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
