'use server';

import { headers } from 'next/headers';
import { redirect } from 'next/navigation';
import { formOf } from '@/lib/form-state';
import { clearCookie, writeCookie } from '@/lib/session/cookies';
import { returnPath } from '@/lib/session/return-path';
import { themeCookie } from './theme';

/** The path's query, which the browser's own Referer knows with and without scripts. */
async function queryOf(path: string): Promise<string> {
  const referer = (await headers()).get('referer') ?? '';
  const from = URL.canParse(referer) ? new URL(referer) : null;
  return from?.pathname === path ? from.search : '';
}

/** Keeps the choice for a year and stays on the page, its query included. */
export async function setTheme(sent: FormData): Promise<void> {
  const form = formOf(sent);
  const theme = form.get('theme');
  if (theme === 'light' || theme === 'dark') await writeCookie(themeCookie, theme, 365 * 24 * 60 * 60);
  else await clearCookie(themeCookie);
  const path = returnPath(form.get('path'), '/');
  redirect(returnPath(path + (await queryOf(path)), path));
}
