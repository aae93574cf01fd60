import 'server-only';
import { readCookie } from '@/lib/session/cookies';

export type Theme = 'light' | 'dark' | 'system';
export const themeCookie = 'theme';

/** What the switch was set to; the system's where it was not. Read on the server, so that no page flashes. */
export async function chosenTheme(): Promise<Theme> {
  const value = await readCookie(themeCookie);
  return value === 'light' || value === 'dark' ? value : 'system';
}
