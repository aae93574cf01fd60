'use server';

import { isSupportedCountry } from 'libphonenumber-js';
import { redirect } from 'next/navigation';
import { unblock } from '@/lib/admin/limits/blocked-now';
import { setLimit } from '@/lib/admin/limits/set-limit';
import { formOf, single } from '@/lib/form-state';
import { type Admin, adminAction } from '@/lib/session/admin';
import { requestDeps } from '@/lib/session/caller';
import { sealSearch } from '@/lib/session/sealed-search';
import { EVERYWHERE, NO_COUNTRY } from '@/lib/sms-budget/country';
import { startSms, stopSms } from '@/lib/sms-budget/switch';
import type { LimitsNote } from './notes';

const page = '/admin/limits';
const back = (note: LimitsNote, at = ''): never => redirect(`${page}?note=${note}${at}`);
const acting = async (admin: Admin) => ({ ...(await requestDeps()), adminId: admin.userId });

/** Looks for one network or person. It is posted and sealed, so that no URL or log holds an address (AUD-3). */
export const searchBlockedAction = adminAction(page, 'harmless', async (_admin, sent: FormData): Promise<void> => {
  const search = (single(formOf(sent), 'search') ?? '').trim();
  redirect(search === '' ? page : `${page}?find=${encodeURIComponent(await sealSearch(search))}`);
});

export const unblockAction = adminAction(page, 'harmless', async (admin, sent: FormData): Promise<void> => {
  const key = single(formOf(sent), 'key') ?? '';
  back((await unblock(await acting(admin), key.slice(0, 200))) ? 'unblocked' : 'not-blocked');
});

/** Loosening is as bad as an attacker could wish, so it wants a fresh second step. */
export const setLimitAction = adminAction(page, 'destructive', async (admin, sent: FormData): Promise<void> => {
  const form = formOf(sent);
  const text = (single(form, 'most') ?? '').trim();
  const most = single(form, 'standard') === '1' ? null : /^\d{1,5}$/.test(text) ? Number(text) : Number.NaN;
  const version = Number(single(form, 'version') ?? '');
  const name = single(form, 'policy') ?? '';
  if (!Number.isInteger(version) || version < 0 || version > 2 ** 31 - 1) back('changed-meanwhile', '#numbers');
  const outcome = await setLimit(await acting(admin), name, most, version);
  if (outcome.status === 'done') back('set', '#numbers');
  back(outcome.status === 'changed-meanwhile' ? 'changed-meanwhile' : 'no-number', '#numbers');
});

const countryOf = (form: FormData): string => {
  const country = single(form, 'country') ?? '';
  const known = country === EVERYWHERE || country === NO_COUNTRY || isSupportedCountry(country);
  return known ? country : redirect(page);
};

/** Whoever sees an attack stops it at once: no second step is asked for, and it is as easily lifted. */
export const stopSmsAction = adminAction(page, 'harmless', async (admin, sent: FormData): Promise<void> => {
  const deps = await acting(admin);
  back((await stopSms(deps.db, countryOf(formOf(sent)), deps)) ? 'sms-stopped' : 'sms-same', '#sms');
});

/** From here on it costs money again. */
export const startSmsAction = adminAction(page, 'destructive', async (admin, sent: FormData): Promise<void> => {
  const deps = await acting(admin);
  back((await startSms(deps.db, countryOf(formOf(sent)), deps)) ? 'sms-started' : 'sms-same', '#sms');
});
