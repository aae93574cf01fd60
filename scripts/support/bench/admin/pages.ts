import { randomInt } from 'node:crypto';
import type { Client } from 'pg';
import type { PlainBrowser } from '@/tests/support/plain-browser';
import { sought } from './seed';

/** A page, by what it shows and where. */
export type Looked = { what: string; path: string };

const day = (ago: number): string => new Date(Date.now() - ago * 86_400_000).toISOString().slice(0, 16);

/** Every page of the admin area, and the filters that would be slow first. */
export async function pagesOf(client: Client, browser: PlainBrowser): Promise<Looked[]> {
  const one = async (sql: string): Promise<string> => (await client.query<{ value: string }>(sql)).rows[0]?.value ?? '';
  const delivery = await one(
    `SELECT id AS value FROM "Delivery" WHERE status = 'failed' ORDER BY "queuedAt" DESC LIMIT 1`,
  );
  const person = await one(`SELECT id AS value FROM "User" WHERE email = '${sought.email}'`);
  const cursor = (id: string, at: string, table: string) =>
    `SELECT floor(EXTRACT(EPOCH FROM "${at}") * 1000)::bigint || '.' || ${id} AS value FROM "${table}"
     WHERE "${at}" < now() - interval '20 days' ORDER BY "${at}" DESC LIMIT 1`;
  const deep = await one(cursor('id', 'queuedAt', 'Delivery'));
  const deepEvent = await one(cursor('id', 'at', 'AuditEvent'));
  /** What is typed is posted, and leads to a page that names nobody. */
  const search = async (path: string, field: string): Promise<string> => {
    const { location } = await (await browser.form(path, `name="${field}"`)).post([[field, sought.email]]);
    if (!location) throw new Error(`the search of ${path} led nowhere`);
    return location;
  };
  return [
    { what: 'Overview, an hour', path: '/admin?span=hour' },
    { what: 'Overview, a day', path: '/admin?span=day' },
    { what: 'Overview, a week', path: '/admin?span=week' },
    { what: 'Deliveries, newest', path: '/admin/deliveries' },
    { what: 'Deliveries, failed', path: '/admin/deliveries?status=failed' },
    { what: 'Deliveries, account errors by SMS', path: '/admin/deliveries?class=account&channel=sms' },
    { what: 'Deliveries, of one day', path: `/admin/deliveries?from=${day(11)}&to=${day(10)}` },
    { what: 'Deliveries, to one address', path: await search('/admin/deliveries', 'address') },
    { what: 'Deliveries, twenty days deep', path: `/admin/deliveries?older=${deep}` },
    { what: 'One delivery', path: `/admin/deliveries/${delivery}` },
    { what: 'People', path: '/admin/users' },
    { what: 'People, one address', path: await search('/admin/users', 'search') },
    { what: 'One person', path: `/admin/users/${person}` },
    { what: 'Audit, newest', path: '/admin/audit' },
    { what: 'Audit, all sign-ins', path: '/admin/audit?what=sign-ins' },
    { what: 'Audit, a rare type', path: '/admin/audit?what=user_disabled' },
    { what: 'Audit, a type that never was', path: '/admin/audit?what=audit_exported' },
    { what: 'Audit, administrators’ acts of one day', path: `/admin/audit?what=admins&from=${day(11)}&to=${day(10)}` },
    { what: 'Audit, what happened to one person', path: `/admin/audit?subject=${person}` },
    { what: 'Audit, one trail', path: '/admin/audit?trail=c1234567' },
    { what: 'Audit, twenty days deep', path: `/admin/audit?older=${deepEvent}` },
    { what: 'Limits', path: '/admin/limits' },
    { what: 'Limits, one address', path: await search('/admin/limits', 'search') },
    { what: 'Messages', path: '/admin/messages' },
    { what: 'One message', path: '/admin/messages/code' },
    { what: 'Settings', path: '/admin/settings' },
  ];
}

/** What is exported whole, or for as long as it is waited for. */
export const exports: Looked[] = [
  { what: 'Deliveries', path: '/admin/deliveries/export' },
  { what: 'Audit', path: '/admin/audit/export' },
];

/** In any order, so that none is always the first after another. */
export function shuffled<T>(items: readonly T[]): T[] {
  const left = [...items];
  return Array.from({ length: left.length }, () => left.splice(randomInt(left.length), 1)[0] as T);
}
