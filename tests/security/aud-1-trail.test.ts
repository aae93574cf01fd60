import { signIn } from '@/lib/session/sign-in';
import { guesses } from '@/tests/support/attacker';
import { testDatabase } from '@/tests/support/database';
import { asksForCode } from '@/tests/support/person';
import { anasPassword, fromElsewhere, somebody, worldOn } from '@/tests/support/world';

const db = testDatabase();
const email = 'ana@latchkey.test';

const trail = async (where = {}) =>
  (await db.auditEvent.findMany({ where, orderBy: [{ at: 'asc' }, { type: 'asc' }] })).map(({ type }) => type);

describe('AUD-1: what happened can be told afterwards', () => {
  test('one code’s story hangs together by its correlation id, with whom and from where', async () => {
    const world = worldOn(db);
    const { id } = await somebody(world);
    const ana = await asksForCode(world, email);
    await guesses(ana, 1);
    await ana.typesTheCode();
    await ana.chooses('brass otter lantern');
    const story = await trail({ correlationId: ana.flow.challengeId });
    expect(story.sort()).toEqual(
      [
        ...['code_requested', 'delivery_sent', 'code_wrong', 'code_verified', 'password_changed', 'sessions_revoked'],
        // The notices about the change, by email and SMS.
        ...['delivery_sent', 'delivery_sent'],
      ].sort(),
    );
    const events = await db.auditEvent.findMany({ where: { correlationId: ana.flow.challengeId } });
    expect(new Set(events.map(({ subjectId }) => subjectId))).toEqual(new Set([id]));
    const from = events.filter(({ type }) => !type.startsWith('delivery_')).map(({ source }) => source);
    expect(new Set(from)).toEqual(new Set([world.caller.address]));
  });

  test('a code that was guessed at to its end, a sign-in that failed, one that fitted and one that was refused', async () => {
    const world = worldOn(db);
    const { id } = await somebody(world);
    await guesses(await asksForCode(world, email), 5);
    expect(await trail({ type: { startsWith: 'code_' } })).toEqual(
      ['code_requested', ...Array(4).fill('code_wrong'), 'code_exhausted'].sort(),
    );
    await signIn(world, email, anasPassword);
    for (let n = 0; n < 6; n += 1) await signIn(fromElsewhere(world), email, 'not this one');
    expect((await trail({ type: { startsWith: 'sign_in' } })).sort()).toEqual([
      ...Array(5).fill('sign_in_failed'),
      'sign_in_refused',
      'sign_in_succeeded',
    ]);
    const failed = await db.auditEvent.findFirst({ where: { type: 'sign_in_failed' } });
    expect(failed).toMatchObject({ actorId: null, subjectId: id });
  });

  test('an act and its record commit together: where the record cannot be written, nothing happens (FLO-5)', async () => {
    const world = worldOn(db);
    await somebody(world);
    const ana = await asksForCode(world, email);
    await db.$executeRaw`ALTER TABLE "AuditEvent" ADD CONSTRAINT broken CHECK (type <> 'code_wrong') NOT VALID`;
    try {
      await expect(ana.types('000000')).rejects.toThrow();
      expect(await db.auditEvent.count({ where: { type: 'code_wrong' } })).toBe(0);
    } finally {
      await db.$executeRaw`ALTER TABLE "AuditEvent" DROP CONSTRAINT broken`;
    }
  });
});
