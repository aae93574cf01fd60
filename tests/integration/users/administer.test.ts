import { createUser, disableUser, promoteUser } from '@/lib/users/administer';
import { testDatabase } from '../../support/database';

const db = testDatabase();

const rules = { minLength: 8, appName: 'Latchkey', breached: null };
const bo = {
  email: 'Bo@Example.com',
  name: 'Bo',
  phone: '+1 202 555 0199',
  role: 'user',
  password: 'a long one 42',
} as const;

async function signedInWithACode(userId: string): Promise<void> {
  const at = new Date();
  const later = new Date(at.getTime() + 60_000);
  await db.session.create({ data: { tokenHash: 't', userId, createdAt: at, lastSeenAt: at, expiresAt: later } });
  await db.device.create({ data: { userId, createdAt: at, lastSeenAt: at } });
  const code = {
    identifierHash: 'h',
    nonce: 'n',
    keyId: 'k',
    digits: 6,
    maxAttempts: 5,
    createdAt: at,
    expiresAt: later,
  };
  await db.challenge.create({ data: { id: 'open', purpose: 'password_reset', userId, ...code } });
}

describe('administering people', () => {
  it('creates them with verified contacts in their normal form, and says what is taken', async () => {
    expect(await createUser(db, bo, rules)).toMatchObject({ ok: true, email: 'bo@example.com' });
    const user = await db.user.findUniqueOrThrow({ where: { email: 'bo@example.com' } });
    expect(user).toMatchObject({ phone: '+12025550199', emailVerifiedAt: expect.any(Date) });
    expect(user.phoneVerifiedAt).not.toBeNull();
    expect(await createUser(db, bo, rules)).toEqual({ ok: false, problem: 'email-taken' });
    const other = { ...bo, email: 'b2@example.com' };
    expect(await createUser(db, other, rules)).toEqual({ ok: false, problem: 'phone-taken' });
    expect(await createUser(db, { ...other, password: 'password' }, rules)).toMatchObject({ problem: 'bad-password' });
  });

  it('ends everything of someone who is disabled', async () => {
    const made = await createUser(db, bo, rules);
    if (!made.ok) throw new Error(made.problem);
    await signedInWithACode(made.id);
    expect(await disableUser(db, bo.email)).toEqual({ ok: true, sessionsEnded: 1, word: null });
    expect([await db.session.count(), await db.device.count()]).toEqual([0, 0]);
    expect(await db.challenge.findFirst()).toMatchObject({ closedAt: expect.any(Date) });
    expect(await db.user.findFirst()).toMatchObject({ disabledAt: expect.any(Date) });
    expect(await db.auditEvent.count({ where: { type: 'user_disabled', subjectId: made.id } })).toBe(1);
  });

  it('signs out whoever is promoted', async () => {
    const made = await createUser(db, bo, rules);
    if (!made.ok) throw new Error(made.problem);
    await signedInWithACode(made.id);
    expect(await promoteUser(db, bo.email)).toEqual({ ok: true, sessionsEnded: 1, word: expect.any(String) });
    expect(await db.user.findFirst()).toMatchObject({ role: 'admin' });
    expect(await db.challenge.findFirst()).toMatchObject({ closedAt: null });
    expect(await promoteUser(db, 'nobody@example.com')).toEqual({ ok: false, problem: 'unknown' });
  });
});
