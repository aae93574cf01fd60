'use server';

import { redirect } from 'next/navigation';
import { sendQueued } from '@/app/send-queued';
import { filterParams, readDeliveryQuery, whoText } from '@/lib/admin/deliveries/filter';
import { seek } from '@/lib/admin/deliveries/find-recipient';
import { retryDelivery } from '@/lib/admin/deliveries/retry-delivery';
import { container } from '@/lib/container';
import { formOf, single } from '@/lib/form-state';
import { adminAction } from '@/lib/session/admin';
import { requestDeps } from '@/lib/session/caller';

const list = '/admin/deliveries';

/** Looks for one address or number. It is posted, so that no URL, history or log ever holds it (FLO-6, AUD-3). */
export const searchAction = adminAction(list, 'harmless', async (_admin, sent: FormData): Promise<void> => {
  const form = formOf(sent);
  const kept = ['status', 'channel', 'class', 'from', 'to', 'size'].map((name) => [name, single(form, name)] as const);
  const { filter, size } = readDeliveryQuery(Object.fromEntries(kept));
  const sought = await seek(container(), single(form, 'address'));
  const found = sought.ok
    ? { who: whoText(sought.who), ...(sought.person ? { person: sought.person } : {}) }
    : { search: 'unreadable' };
  redirect(`${list}?${new URLSearchParams({ ...filterParams(filter), size: String(size), ...found })}`);
});

/** Sends a message once more that failed. Whoever clicks second is told. */
export const retryAction = adminAction(list, 'harmless', async (admin, sent: FormData): Promise<void> => {
  const id = single(formOf(sent), 'id') ?? '';
  const outcome = await retryDelivery({ ...(await requestDeps()), adminId: admin.userId }, id);
  if (outcome.status === 'queued') {
    sendQueued([outcome.deliveryId]);
    redirect(`${list}/${outcome.deliveryId}?retry=queued`);
  }
  redirect(outcome.status === 'unknown' ? list : `${list}/${id}?retry=${outcome.status}`);
});
