'use server';

import { redirect } from 'next/navigation';
import { auditParams, readAuditQuery } from '@/lib/admin/audit/filter';
import { findPeople } from '@/lib/admin/people/list';
import { container } from '@/lib/container';
import { formOf, single } from '@/lib/form-state';
import { adminAction } from '@/lib/session/admin';

const list = '/admin/audit';

/** Looks for one person. It is posted, so that no URL, history or log ever holds an address (FLO-6, AUD-3). */
export const searchAuditAction = adminAction(list, 'harmless', async (_admin, sent: FormData): Promise<void> => {
  const form = formOf(sent);
  const kept = ['what', 'trail', 'from', 'to', 'size'].map((name) => [name, single(form, name)] as const);
  const { filter, size } = readAuditQuery(Object.fromEntries(kept));
  const found = await findPeople(container().db, single(form, 'search') ?? '');
  const [person] = found;
  const as = single(form, 'as') === 'actor' ? 'actor' : 'subject';
  const whose = found.length === 1 && person ? { [as]: person.id } : { search: person ? 'several' : 'nobody' };
  redirect(`${list}?${new URLSearchParams({ ...auditParams(filter), size: String(size), ...whose })}`);
});
