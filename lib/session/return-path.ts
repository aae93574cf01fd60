/** Never asked: it stands for this site while a path is resolved. A path names no origin, so any will do. */
const BASE = 'http://this.invalid';
/** Characters, before and after encoding: the second step's cookie carries the path and holds 4 KB. */
const LONGEST = 500;

/**
 * A path on this origin to go to after signing in, or the fallback (LOG-5). It is read as browsers read it, by the URL
 * parser: `/\host`, `/.//host` and a tab inside `//host` all name another site, however they look as text.
 * @param input anything a query, a form or a cookie brought
 * @returns path, query and fragment in canonical form, in ASCII only
 */
export function returnPath(input: unknown, fallback = '/account'): string {
  if (typeof input !== 'string' || !input.startsWith('/') || input.length > LONGEST) return fallback;
  if (!URL.canParse(input, BASE)) return fallback;
  const url = new URL(input, BASE);
  // Resolved, a path may begin with two slashes; the browser that is sent there would take it for a host.
  if (url.origin !== BASE || url.username !== '' || /^\/[/\\]/.test(url.pathname)) return fallback;
  const path = `${url.pathname}${url.search}${url.hash}`;
  return path.length > LONGEST ? fallback : path;
}

/**
 * The same for what may also be a whole address, as next-auth's callback URL is.
 * @param origin this site's, as a URL writes it
 */
export function returnUrl(input: unknown, origin: string, fallback = '/'): string {
  const own = typeof input === 'string' && input.startsWith(`${origin}/`);
  return `${origin}${returnPath(own ? input.slice(origin.length) : input, fallback)}`;
}
