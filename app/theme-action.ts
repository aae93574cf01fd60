'use server';

import { cookies } from 'next/headers';
import { container } from '@/lib/container';
import { single } from '@/lib/form-state';
import { themeCookie } from './theme';

/**
 * Keeps the choice for a year. It leads nowhere: a cookie that changes has Next render the page anew in place, so that
 * the focus and what is half typed stay, and without JavaScript the form comes back to the address it was posted from.
 */
export async function setTheme(form: FormData): Promise<void> {
  const theme = single(form, 'theme');
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
}
