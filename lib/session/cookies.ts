import 'server-only';
import { cookies } from 'next/headers';
import { container } from '@/lib/container';

/** `__Host-` ties a cookie to this very host over HTTPS (WEB-2). A loopback address in plain http cannot have it. */
export const cookieName = (name: string, secure: boolean): string => `${secure ? '__Host-' : ''}latchkey-${name}`;

const settings = (maxAge: number, secure: boolean) =>
  ({ httpOnly: true, sameSite: 'lax', path: '/', secure, maxAge }) as const;

const secureCookies = (): boolean => container().env.APP_URL.protocol === 'https:';

export async function readCookie(name: string): Promise<string | undefined> {
  return (await cookies()).get(cookieName(name, secureCookies()))?.value;
}

/** Only in server actions and route handlers. @param maxAge seconds */
export async function writeCookie(name: string, value: string, maxAge: number): Promise<void> {
  const secure = secureCookies();
  (await cookies()).set(cookieName(name, secure), value, settings(maxAge, secure));
}

/** Only in server actions and route handlers. */
export async function clearCookie(name: string): Promise<void> {
  const secure = secureCookies();
  (await cookies()).set(cookieName(name, secure), '', settings(0, secure));
}
