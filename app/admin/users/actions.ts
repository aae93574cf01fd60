'use server';

import { redirect } from 'next/navigation';
import { sendQueued } from '@/app/send-queued';
import { isId } from '@/lib/admin/deliveries/delivery';
import { type Acted, changeRole, disable, enable, endSessions } from '@/lib/admin/people/act-on-person';
import { clearCounters, inviteToReset } from '@/lib/admin/people/help-person';
import { single } from '@/lib/form-state';
import { type Admin, adminAction } from '@/lib/session/admin';
import { requestDeps } from '@/lib/session/caller';
import { sealSearch } from '@/lib/session/sealed-search';
import type { PersonNote } from './notes';

const list = '/admin/users';

/** The page of the person that a form is about. */
const pageOf = (form: FormData): string => {
  const id = single(form, 'id') ?? '';
  return isId(id) ? `${list}/${id}` : list;
};

/** Who acts on whom. A form without a person's id leads to the list. */
async function acting(admin: Admin, form: FormData) {
  const id = single(form, 'id') ?? '';
  if (!isId(id)) redirect(list);
  return { id, deps: { ...(await requestDeps()), adminId: admin.userId } };
}

const back = (id: string, note: PersonNote): never => redirect(`${list}/${id}?note=${note}`);

const noteOf = (outcome: Acted, done: PersonNote): PersonNote => (outcome.status === 'done' ? done : outcome.status);

export const searchPeopleAction = adminAction(list, 'harmless', async (_admin, form: FormData): Promise<void> => {
  const search = (single(form, 'search') ?? '').trim();
  redirect(search === '' ? list : `${list}?find=${encodeURIComponent(await sealSearch(search))}`);
});

export const inviteAction = adminAction(pageOf, 'harmless', async (admin, form: FormData): Promise<void> => {
  const { id, deps } = await acting(admin, form);
  const outcome = await inviteToReset(deps, id);
  if (outcome.status === 'queued') sendQueued([outcome.deliveryId]);
  back(id, outcome.status === 'queued' ? 'invited' : outcome.status);
});

export const clearCountersAction = adminAction(pageOf, 'harmless', async (admin, form: FormData): Promise<void> => {
  const { id, deps } = await acting(admin, form);
  back(id, (await clearCounters(deps, id)) === null ? 'nobody' : 'cleared');
});

export const endSessionsAction = adminAction(pageOf, 'destructive', async (admin, form: FormData): Promise<void> => {
  const { id, deps } = await acting(admin, form);
  back(id, noteOf(await endSessions(deps, id), 'signed-out'));
});

export const disableAction = adminAction(pageOf, 'destructive', async (admin, form: FormData): Promise<void> => {
  const { id, deps } = await acting(admin, form);
  back(id, noteOf(await disable(deps, id), 'disabled'));
});

export const enableAction = adminAction(pageOf, 'destructive', async (admin, form: FormData): Promise<void> => {
  const { id, deps } = await acting(admin, form);
  back(id, noteOf(await enable(deps, id), 'enabled'));
});

export const changeRoleAction = adminAction(pageOf, 'destructive', async (admin, form: FormData): Promise<void> => {
  const { id, deps } = await acting(admin, form);
  const role = single(form, 'role');
  if (role !== 'user' && role !== 'admin') redirect(`${list}/${id}`);
  back(id, noteOf(await changeRole(deps, id, role), role === 'admin' ? 'promoted' : 'demoted'));
});
