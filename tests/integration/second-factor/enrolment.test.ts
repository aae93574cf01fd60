import { days } from '@/lib/clock';
import { acceptWord, confirmEnrolment } from '@/lib/second-factor/enrol';
import { createSession } from '@/lib/session/sessions';
import { createUser, promoteUser, resetSecondFactor } from '@/lib/users/administer';
import { anAdmin, enrols, secondStepOf, typesCode } from '@/tests/support/authenticator';
import { appShows, notShown } from '@/tests/support/authenticator-app';
import { testDatabase } from '@/tests/support/database';
import { somebody, type World, worldOn } from '@/tests/support/world';

const db = testDatabase();
const email = 'ana@latchkey.test';

/** The word of a person whom the command has just made an admin. */
async function promoted(world: World): Promise<{ id: string; email: string; word: string }> {
  const { id } = await somebody(world, { email });
  const outcome = await promoteUser(db, email);
  if (!outcome.ok || !outcome.word) throw new Error('no word');
  return { id, email, word: outcome.word };
}

async function wordAccepted(world: World, ana: { id: string; word: string }) {
  const outcome = await acceptWord(secondStepOf(world), ana.id, ana.word);
  if (outcome.status !== 'right') throw new Error(outcome.status);
  return outcome.enrolling;
}

describe('ADM-5: a new admin sets up an authenticator app', () => {
  test('the command prints a word; with it and a first code the app is enrolled, and the word is used up', async () => {
    const world = worldOn(db);
    const ana = await promoted(world);
    expect(ana.word).toMatch(/^([0-9a-hjkmnp-tv-z]{5}-){3}[0-9a-hjkmnp-tv-z]{5}$/);
    const enrolling = await wordAccepted(world, ana);
    const enrols = (code: unknown) => confirmEnrolment(secondStepOf(world), ana.id, enrolling, code);
    expect(await enrols('abc')).toEqual({ status: 'malformed' });
    expect(await enrols(notShown(enrolling.secret, world.clock.now()))).toEqual({ status: 'wrong' });
    expect(await db.secondFactor.count()).toBe(0);
    const code = appShows(enrolling.secret, world.clock.now());
    expect(await enrols(code)).toEqual({ status: 'enrolled', recoveryCodes: expect.any(Array) });
    // The code that enrolled signs nobody in.
    expect(await typesCode(world, ana, code)).toEqual({ status: 'wrong' });
    expect(await enrols(code)).toEqual({ status: 'start-again' });
    expect(await acceptWord(secondStepOf(world), ana.id, ana.word)).toEqual({ status: 'wrong' });
  });

  test('many at once enrol one app', async () => {
    const world = worldOn(db);
    const ana = await promoted(world);
    const apps = await Promise.all(Array.from({ length: 4 }, () => wordAccepted(world, ana)));
    const outcomes = await Promise.all(
      apps.map((app) => confirmEnrolment(secondStepOf(world), ana.id, app, appShows(app.secret, world.clock.now()))),
    );
    expect(outcomes.map(({ status }) => status).sort()).toEqual([
      'enrolled',
      'start-again',
      'start-again',
      'start-again',
    ]);
  });

  test('a word is its own admin’s, and dies after a week', async () => {
    const world = worldOn(db);
    const ana = await promoted(world);
    const other = await anAdmin(world);
    expect(await acceptWord(secondStepOf(world), other.id, ana.word)).toEqual({ status: 'wrong' });
    for (const typed of ['', undefined, ['x'], ana.word.slice(1), 'x'.repeat(1_000)])
      expect(await acceptWord(secondStepOf(world), ana.id, typed)).toEqual({ status: 'wrong' });
    await db.counter.deleteMany();
    world.clock.advance(Date.now() - world.clock.now().getTime() + days(7) + 60_000);
    expect(await acceptWord(secondStepOf(world), ana.id, ana.word)).toEqual({ status: 'wrong' });
  });

  test('a word that expires before the first code is typed enrols nobody', async () => {
    const world = worldOn(db);
    const ana = await promoted(world);
    world.clock.advance(Date.now() - world.clock.now().getTime() + days(7) - 60_000);
    const enrolling = await wordAccepted(world, ana);
    world.clock.advance(120_000);
    const code = appShows(enrolling.secret, world.clock.now());
    expect(await confirmEnrolment(secondStepOf(world), ana.id, enrolling, code)).toEqual({ status: 'start-again' });
    expect(await db.secondFactor.count()).toBe(0);
  });

  test('a second word ends the first', async () => {
    const world = worldOn(db);
    const ana = await promoted(world);
    const again = await resetSecondFactor(db, email);
    if (!again.ok || !again.word) throw new Error('no word');
    expect(await acceptWord(secondStepOf(world), ana.id, ana.word)).toEqual({ status: 'wrong' });
    expect(await acceptWord(secondStepOf(world), ana.id, again.word)).toMatchObject({ status: 'right' });
  });

  test('words are guessed at no more often than codes', async () => {
    const world = worldOn(db);
    const ana = await promoted(world);
    for (let n = 0; n < 10; n += 1) await acceptWord(secondStepOf(world), ana.id, `wrong ${n}`);
    expect(await acceptWord(secondStepOf(world), ana.id, ana.word)).toMatchObject({ status: 'refused' });
  });

  test('promoted once more nobody loses the app they have; created as an admin one gets a word at once', async () => {
    const world = worldOn(db);
    const admin = await anAdmin(world);
    const { secret } = await enrols(world, admin);
    expect(await promoteUser(db, admin.email)).toEqual({ ok: true, sessionsEnded: 0, word: null });
    expect(await typesCode(world, admin, appShows(secret, world.clock.now()))).toMatchObject({ status: 'right' });
    const rules = { minLength: 8, appName: 'Latchkey', breached: null };
    const person = { email: 'new@latchkey.test', name: 'New', password: 'brass otter lantern' };
    expect(await createUser(db, { ...person, role: 'admin' }, rules)).toMatchObject({
      ok: true,
      word: expect.any(String),
    });
  });
});

describe('npm run user -- second-factor-reset', () => {
  test('ends the sessions and the app, and a new word sets up another', async () => {
    const world = worldOn(db);
    const admin = await anAdmin(world);
    const { secret, recoveryCodes } = await enrols(world, admin);
    await createSession(world, { userId: admin.id, passwordVersion: 0, role: 'admin' }, 'second step passed');
    const outcome = await resetSecondFactor(db, admin.email);
    expect(outcome).toEqual({ ok: true, sessionsEnded: 1, word: expect.any(String) });
    for (const code of [appShows(secret, world.clock.now()), recoveryCodes[0]])
      expect(await typesCode(world, admin, code)).not.toMatchObject({ status: 'right' });
    if (!outcome.ok || !outcome.word) throw new Error('no word');
    await wordAccepted(world, { id: admin.id, word: outcome.word });
    expect(await db.auditEvent.count({ where: { type: 'second_factor_reset', subjectId: admin.id } })).toBe(1);
  });

  test('people who are no admins have none', async () => {
    await somebody(worldOn(db), { email });
    expect(await resetSecondFactor(db, email)).toEqual({ ok: false, problem: 'no-admin' });
    expect(await db.actionToken.count()).toBe(0);
  });
});
