import type { Prisma, Role } from '@/generated/prisma/client';
import { type AuditType, audit } from '@/lib/audit/audit';
import type { Database } from '@/lib/db/client';
import { issueEnrolmentWord } from '@/lib/second-factor/enrol';
import { endSignIns } from './end-sign-ins';
import { normaliseEmail, normalisePhone } from './identifiers';
import { hashPassword } from './password-hash';
import { type PasswordProblem, type PasswordRules, passwordProblem } from './password-policy';
import { shutOut } from './shut-out';

export type NewUser = { email: string; name: string; phone?: string; role: Role; password: string };

export type Created =
  /** `word`: an admin's, with which the authenticator app is set up (ADM-5). */
  | { ok: true; id: string; email: string; phone: string | null; word: string | null }
  | { ok: false; problem: 'bad-email' | 'bad-phone' | 'bad-name' | 'email-taken' | 'phone-taken' }
  | { ok: false; problem: 'bad-password'; reason: PasswordProblem };

/** Makes an account whose email and phone count as verified: whoever runs the service vouches for them. */
export async function createUser(db: Database, input: NewUser, rules: PasswordRules): Promise<Created> {
  const email = normaliseEmail(input.email);
  if (!email.ok) return { ok: false, problem: 'bad-email' };
  const phone = input.phone === undefined ? null : normalisePhone(input.phone);
  if (phone && !phone.ok) return { ok: false, problem: 'bad-phone' };
  const number = phone?.value ?? null;
  const name = input.name.trim();
  if (name === '' || [...name].length > 100) return { ok: false, problem: 'bad-name' };
  const identifiers = number ? [email.value, number] : [email.value];
  const reason = await passwordProblem(input.password, { ...rules, identifiers });
  if (reason) return { ok: false, problem: 'bad-password', reason };
  const passwordHash = await hashPassword(input.password);
  const at = new Date();
  const verified = { emailVerifiedAt: at, phone: number, phoneVerifiedAt: number && at };
  return db.$transaction(async (tx): Promise<Created> => {
    const data = { email: email.value, name, role: input.role, passwordHash, ...verified };
    const [user] = await tx.user.createManyAndReturn({ data: [data], skipDuplicates: true });
    if (!user) {
      const taken = await tx.user.findUnique({ where: { email: email.value } });
      return { ok: false, problem: taken ? 'email-taken' : 'phone-taken' };
    }
    await audit(tx, { at, type: 'user_created', subjectId: user.id, detail: { by: 'command' } });
    const word = input.role === 'admin' ? await issueEnrolmentWord(tx, user.id, at) : null;
    return { ok: true, id: user.id, email: user.email, phone: user.phone, word };
  });
}

export type Changed =
  | { ok: true; sessionsEnded: number; word: string | null }
  | { ok: false; problem: 'bad-email' | 'unknown' | 'no-admin' };

type Locked = { id: string; role: Role; enrolled: boolean };
/** @returns the enrolment word where there is one, or false where nothing may be changed */
type Change = (tx: Prisma.TransactionClient, user: Locked, at: Date) => Promise<string | null | false>;

/** The row of the person is locked first, as a reset does, so that the two never deadlock or overlap. */
async function change(db: Database, typed: string, type: AuditType, task: Change): Promise<Changed> {
  const email = normaliseEmail(typed);
  if (!email.ok) return { ok: false, problem: 'bad-email' };
  return db.$transaction(async (tx): Promise<Changed> => {
    const [user] = await tx.$queryRaw<Locked[]>`
      SELECT id, role::text, EXISTS (SELECT FROM "SecondFactor" WHERE "userId" = u.id) AS enrolled
      FROM "User" u WHERE email = ${email.value} FOR UPDATE`;
    if (!user) return { ok: false, problem: 'unknown' };
    const at = new Date();
    const word = await task(tx, user, at);
    if (word === false) return { ok: false, problem: 'no-admin' };
    const count = await endSignIns(tx, user.id);
    await audit(tx, { at, type, subjectId: user.id, detail: { by: 'command', sessionsEnded: count } });
    return { ok: true, sessionsEnded: count, word };
  });
}

/** Makes someone an admin. What was signed in before was signed in as less, and ends. */
export const promoteUser = (db: Database, email: string): Promise<Changed> =>
  change(db, email, 'user_promoted', async (tx, { id, enrolled }, at) => {
    await tx.user.update({ where: { id }, data: { role: 'admin' } });
    return enrolled ? null : issueEnrolmentWord(tx, id, at);
  });

/** The way back in for an admin whose app is lost: the old one is worth nothing, a word sets up another (ADM-5). */
export const resetSecondFactor = (db: Database, email: string): Promise<Changed> =>
  change(db, email, 'second_factor_reset', async (tx, { id, role }, at) => {
    if (role !== 'admin') return false;
    await tx.secondFactor.deleteMany({ where: { userId: id } });
    return issueEnrolmentWord(tx, id, at);
  });

/** Shuts someone out: sessions, devices, open codes and unspent grants end with it. */
export const disableUser = (db: Database, email: string): Promise<Changed> =>
  change(db, email, 'user_disabled', async (tx, { id }, at) => {
    await shutOut(tx, id, at);
    return null;
  });

export type Listed = { email: string; name: string; phone: string | null; role: Role; disabledAt: Date | null };

/** @returns everybody, by email */
export const listUsers = (db: Database): Promise<Listed[]> =>
  db.user.findMany({
    orderBy: { email: 'asc' },
    select: { email: true, name: true, phone: true, role: true, disabledAt: true },
  });
