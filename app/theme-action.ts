'use server';

import { cookies, headers } from 'next/headers';
import { redirect } from 'next/navigation';
import { container } from '@/lib/container';
import { formOf } from '@/lib/form-state';
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
  const jar = await cookies();
  if (theme === 'light' || theme === 'dark')
    jar.set(themeCookie, theme, {
      path: '/',
      sameSite: 'lax',
      httpOnly: true,
      secure: container().env.APP_URL.protocol === 'https:',
      maxAge: 365 * 24 * 60 * 60,
    });
  else jar.delete(themeCookie);
  const path = returnPath(form.get('path'), '/');
  redirect(returnPath(path + (await queryOf(path)), path));
}
