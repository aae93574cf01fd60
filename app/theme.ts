import 'server-only';
import { cookies } from 'next/headers';

export type Theme = 'light' | 'dark' | 'system';
export const themeCookie = 'latchkey-theme';

/** What the switch was set to; the system's where it was not. Read on the server, so that no page flashes. */
export async function chosenTheme(): Promise<Theme> {
  const value = (await cookies()).get(themeCookie)?.value;
  return value === 'light' || value === 'dark' ? value : 'system';
}
