import { days, minutes, seconds } from '@/lib/clock';
import { actNotMe, readNotMe } from '@/lib/reset/not-me';
import { signIn } from '@/lib/session/sign-in';
import { testDatabase } from '@/tests/support/database';
import { allRows, changedMail, codeMail, linkIn } from '@/tests/support/notices';
import { asksForCode, type Visitor } from '@/tests/support/person';
import { anasPassword, fromElsewhere, latestCode, somebody, type World, worldOn } from '@/tests/support/world';

// GHSA-xmmm-jw76-q7vg: valid past expiry. The last millisecond of a life, the first one after it, and one more. Of a
// session: tests/integration/session/sessions.test.ts.

const db = testDatabase();
const email = 'ana@latchkey.test';

/** ms beside the end of a life, and whether what lives is alive then. */
const ends = [
  [-1, true],
  [0, false],
  [1, false],
] as const;

async function asks(): Promise<{ world: World; ana: Visitor }> {
  const world = worldOn(db);
  await somebody(world);
  return { world, ana: await asksForCode(world, email) };
}

describe.each(ends)('at the end of its life, %i ms', (beside, alive) => {
  test('a code: ten minutes (GEN-3)', async () => {
    const { world, ana } = await asks();
    const code = await latestCode(world);
    world.clock.advance(minutes(10) + beside);
    expect((await ana.types(code)).status).toBe(alive ? 'proved' : 'expired');
  });

  test('a code that was sent again: ten minutes from its first issue (GEN-3)', async () => {
    const { world, ana } = await asks();
    world.clock.advance(minutes(6));
    expect(await ana.resends()).toMatchObject({ status: 'resent' });
    world.clock.advance(minutes(4) + beside);
    expect((await ana.typesTheCode()).status).toBe(alive ? 'proved' : 'expired');
  });

  test('a second click on the right code: thirty seconds (GEN-4)', async () => {
    const { world, ana } = await asks();
    const [code, copied] = [await latestCode(world), ana.flow];
    await ana.types(code);
    ana.flow = copied;
    world.clock.advance(seconds(30) + beside);
    expect((await ana.types(code)).status).toBe(alive ? 'proved' : 'exhausted');
  });

  test('a grant: ten minutes from the proof, however late that came (FLO-2)', async () => {
    const { world, ana } = await asks();
    world.clock.advance(minutes(10) - 1);
    await ana.typesTheCode();
    world.clock.advance(minutes(10) + beside);
    expect((await ana.chooses('brass otter lantern')).status).toBe(alive ? 'changed' : 'start-again');
    expect(await db.user.count({ where: { passwordVersion: 1 } })).toBe(alive ? 1 : 0);
  });

  test('the links of both mails: seven days (FLO-6)', async () => {
    const { world, ana } = await asks();
    const close = await linkIn(world, codeMail);
    await ana.typesTheCode();
    await ana.chooses('brass otter lantern');
    const dispute = await linkIn(world, changedMail);
    world.clock.advance(days(7) + beside);
    expect(await readNotMe(world, close)).toEqual({ status: alive ? 'close' : 'dead' });
    expect(await readNotMe(world, dispute)).toEqual({ status: alive ? 'dispute' : 'dead' });
    const before = await allRows(world);
    expect((await actNotMe(world, close)).status).toBe(alive ? 'too-late' : 'dead');
    expect((await actNotMe(world, dispute)).status).toBe(alive ? 'disputed' : 'dead');
    if (!alive) expect(await allRows(world)).toEqual(before);
  });

  test.each([
    [5, seconds(1)],
    [6, seconds(2)],
    [40, minutes(15)],
  ])('the wait after %i wrong passwords: %i ms (LOG-1)', async (failures, wait) => {
    const world = worldOn(db);
    await somebody(world);
    const fails = () => signIn(fromElsewhere(world), email, 'not this one');
    await fails();
    // The others but the last one, of which each would take its time.
    await db.counter.updateMany({ where: { key: { startsWith: 'sign-in:' } }, data: { points: failures - 1 } });
    await fails();
    world.clock.advance(wait + beside);
    // It is the wait that lives: at its end the right password is heard.
    expect((await signIn(fromElsewhere(world), email, anasPassword)).status).toBe(alive ? 'refused' : 'signed-in');
  });
});
