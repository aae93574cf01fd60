'use server';

import { single } from '@/lib/form-state';
import { clearCookie, writeCookie } from '@/lib/session/cookies';
import { themeCookie } from './theme';

/**
 * Keeps the choice for a year. It leads nowhere: a cookie that changes has Next render the page anew in place, so that
 * the focus and what is half typed stay, and without JavaScript the form comes back to the address it was posted from.
 */
export async function setTheme(form: FormData): Promise<void> {
  const theme = single(form, 'theme');
  if (theme === 'light' || theme === 'dark') await writeCookie(themeCookie, theme, 365 * 24 * 60 * 60);
  else await clearCookie(themeCookie);
}
