import type { Prisma } from '@/generated/prisma/client';
import { type AuditType, audit } from '@/lib/audit/audit';
import type { Caller } from '@/lib/caller';
import type { Clock } from '@/lib/clock';
import type { Database } from '@/lib/db/client';
import { endSignIns } from '@/lib/users/end-sign-ins';
import { shutOut } from '@/lib/users/shut-out';

/** Who acts. */
export type Acting = { db: Database; clock: Clock; caller: Caller; adminId: string };

export type Acted =
  | { status: 'done' }
  /** Somebody else did it, or the opposite, since the page was shown. */
  | { status: 'changed-meanwhile' }
  /** Without this one nobody could do anything here any more. */
  | { status: 'last-admin' }
  | { status: 'nobody' };

type Person = { id: string; role: 'user' | 'admin'; disabledAt: Date | null };
type Record = { before: string | number; after: string | number };
type Task = (
  tx: Prisma.TransactionClient,
  person: Person,
  now: Date,
) => Promise<Record | Exclude<Acted, { status: 'done' }>>;

/**
 * One act on one person with its audit row, in one transaction (AUD-1). Every admin's row is locked first, in one order,
 * and then the person's: of two admins who demote each other at once one is told that nobody else would be left.
 */
async function act(
  { db, clock, caller, adminId }: Acting,
  type: AuditType,
  personId: string,
  task: Task,
): Promise<Acted> {
  return db.$transaction(async (tx): Promise<Acted> => {
    await tx.$executeRaw`SELECT id FROM "User" WHERE role = 'admin' ORDER BY id FOR UPDATE`;
    const [person] = await tx.$queryRaw<Person[]>`
      SELECT id, role::text, "disabledAt" FROM "User" WHERE id = ${personId}::uuid FOR UPDATE`;
    if (!person) return { status: 'nobody' };
    const now = clock.now();
    const said = await task(tx, person, now);
    if ('status' in said) return said;
    const who = { actorId: adminId, subjectId: personId, source: caller.address };
    await audit(tx, { at: now, type, ...who, detail: { by: 'admin', ...said } });
    return { status: 'done' };
  });
}

const meanwhile = { status: 'changed-meanwhile' } as const;

/** Whether somebody else could still act here. */
async function leavesNobody(tx: Prisma.TransactionClient, person: Person): Promise<boolean> {
  if (person.role !== 'admin') return false;
  return (await tx.user.count({ where: { role: 'admin', disabledAt: null, id: { not: person.id } } })) === 0;
}

/** Signs somebody out everywhere. */
export const endSessions = (acting: Acting, id: string): Promise<Acted> =>
  act(acting, 'sessions_revoked', id, async (tx) => {
    return { before: await endSignIns(tx, id), after: 0 };
  });

/** Shuts somebody out, unless nobody else could act here then. */
export const disable = (acting: Acting, id: string): Promise<Acted> =>
  act(acting, 'user_disabled', id, async (tx, person, now) => {
    if (person.disabledAt) return meanwhile;
    if (await leavesNobody(tx, person)) return { status: 'last-admin' };
    await endSignIns(tx, id);
    await shutOut(tx, id, now);
    return { before: 'enabled', after: 'disabled' };
  });

/** Lets somebody in again. */
export const enable = (acting: Acting, id: string): Promise<Acted> =>
  act(acting, 'user_enabled', id, async (tx, person) => {
    if (!person.disabledAt) return meanwhile;
    await tx.user.update({ where: { id }, data: { disabledAt: null } });
    return { before: 'disabled', after: 'enabled' };
  });

/**
 * Makes somebody an admin or no admin. Both end what is signed in (ADM-2, ADM-5). The word with which a new admin sets
 * up an authenticator app comes from the command alone: no admin sees another's (ADM-3).
 */
export const changeRole = (acting: Acting, id: string, role: 'user' | 'admin'): Promise<Acted> =>
  act(acting, role === 'admin' ? 'user_promoted' : 'user_demoted', id, async (tx, person) => {
    if (person.role === role) return meanwhile;
    if (role === 'user' && (await leavesNobody(tx, person))) return { status: 'last-admin' };
    await tx.user.update({ where: { id }, data: { role } });
    await endSignIns(tx, id);
    return { before: person.role, after: role };
  });
