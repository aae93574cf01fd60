import { Prisma } from '@/generated/prisma/client';
import type { Database } from '@/lib/db/client';
import { normaliseEmail, normalisePhone } from '@/lib/users/identifiers';

/** A line of the list. Never a password's hash (ADM-3). */
export type PersonLine = {
  id: string;
  email: string;
  name: string;
  phone: string | null;
  role: 'user' | 'admin';
  disabledAt: Date | null;
  createdAt: Date;
};

export type PeoplePage = {
  people: PersonLine[] /** Where the next page begins; null where there is none. */;
  next: string | null;
};

export const PEOPLE_A_PAGE = 50;

const columns = Prisma.sql`id, email, name, phone, role::text, "disabledAt", "createdAt"`;

/** A place in the list of all people. @returns null for anything that no page has given out */
function readCursor(cursor: string | null): { at: Date; id: string } | null {
  const [, at, id] = /^(\d{1,15})_([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/.exec(cursor ?? '') ?? [];
  return at && id ? { at: new Date(Number(at)), id } : null;
}

/** Everybody, the newest first, a page at a time by keyset. @param cursor anything that a query string brought */
export async function listPeople(db: Database, cursor: string | null): Promise<PeoplePage> {
  const from = readCursor(cursor);
  const people = await db.$queryRaw<PersonLine[]>`
    SELECT ${columns} FROM "User"
    WHERE ${from ? Prisma.sql`("createdAt", id) < (${from.at}, ${from.id}::uuid)` : Prisma.sql`true`}
    ORDER BY "createdAt" DESC, id DESC LIMIT ${PEOPLE_A_PAGE + 1}`;
  const last = people[PEOPLE_A_PAGE - 1];
  const more = people.length > PEOPLE_A_PAGE && last;
  return { people: people.slice(0, PEOPLE_A_PAGE), next: more ? `${last.createdAt.getTime()}_${last.id}` : null };
}

/**
 * People by an address or number, whole, or by how their address begins. At most a page: whoever finds more than that
 * types more.
 * @param typed anything a form sent
 */
export async function findPeople(db: Database, typed: string): Promise<PersonLine[]> {
  const phone = normalisePhone(typed);
  if (phone.ok) return db.$queryRaw<PersonLine[]>`SELECT ${columns} FROM "User" WHERE phone = ${phone.value}`;
  const email = normaliseEmail(typed);
  if (email.ok) {
    const exact = await db.$queryRaw<PersonLine[]>`SELECT ${columns} FROM "User" WHERE email = ${email.value}`;
    if (exact.length > 0) return exact;
  }
  // What LIKE reads as more than itself is taken as itself.
  const start = typed
    .trim()
    .toLowerCase()
    .normalize('NFC')
    .replace(/[\\%_]/g, '\\$&');
  if (start.length < 2 || start.length > 320) return [];
  return db.$queryRaw<PersonLine[]>`
    SELECT ${columns} FROM "User" WHERE email LIKE ${`${start}%`} ORDER BY email LIMIT ${PEOPLE_A_PAGE}`;
}
