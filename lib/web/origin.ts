import type { Site } from './site';

/** Whether a method may change something; those that nobody knows may. */
export const changes = (method: string): boolean => !['GET', 'HEAD', 'OPTIONS'].includes(method);

/**
 * WEB-1: whether a request may change something, by who wrote it: a page of this very origin. A browser sends Origin
 * with every POST; without one its Sec-Fetch-Site must say the same. `null` is what sandboxed and redirected pages
 * send, and is nobody.
 * @param host the served host. Where APP_URL is a loopback address, or in development, it may be another name than
 * APP_URL's, and its own pages may post to it.
 */
export function mayChange(method: string, headers: Headers, host: string, { appUrl }: Site): boolean {
  if (!changes(method)) return true;
  const origin = headers.get('origin');
  if (origin === null) return headers.get('sec-fetch-site') === 'same-origin';
  const own = [appUrl.origin, new URL(`${appUrl.protocol}//${host}`).origin];
  // A page that was opened with a dot behind the host's name says so in its Origin too.
  return own.includes(origin) || own.includes(origin.replace(/\.(?=$|:\d+$)/, ''));
}
