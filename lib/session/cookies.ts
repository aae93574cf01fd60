import 'server-only';
import { cookies, headers } from 'next/headers';
import { container } from '@/lib/container';
import { COOKIE_CHECK, cookieName, cookieSettings } from '@/lib/web/cookie-name';

const secureCookies = (): boolean => container().env.APP_URL.protocol === 'https:';

export async function readCookie(name: string): Promise<string | undefined> {
  return (await cookies()).get(cookieName(name, secureCookies()))?.value;
}

/** Only in server actions and route handlers. @param maxAge seconds; until the browser is closed, if left out */
export async function writeCookie(name: string, value: string, maxAge?: number): Promise<void> {
  const secure = secureCookies();
  (await cookies()).set(cookieName(name, secure), value, cookieSettings(secure, maxAge));
}

/** Only in server actions and route handlers. */
export async function clearCookie(name: string): Promise<void> {
  const secure = secureCookies();
  (await cookies()).set(cookieName(name, secure), '', cookieSettings(secure, 0));
}

/**
 * Whether this browser sends back what pages gave it. Known from its second request on. The header is what it sent: what
 * `cookies()` gives also holds what this very answer sets.
 */
export async function takesCookies(): Promise<boolean> {
  const sent = (await headers()).get('cookie') ?? '';
  return sent.split(/; */).includes(`${cookieName(COOKIE_CHECK, secureCookies())}=1`);
}

/**
 * Only in server actions: whether this browser sent the check cookie. If not, the answer sets it again. The cookie may be
 * lost and not blocked, as when a phone restores a page after the browser was closed; then the next try passes.
 */
export async function checkCookies(): Promise<boolean> {
  if (await takesCookies()) return true;
  await writeCookie(COOKIE_CHECK, '1');
  return false;
}
