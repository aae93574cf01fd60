/**
 * A path on this origin to go to after signing in, or the fallback (LOG-5).
 * Browsers read `//host` and `/\host` as other origins, and drop tabs and line breaks inside a URL.
 */
export function returnPath(input: unknown, fallback = '/account'): string {
  if (typeof input !== 'string' || input.length > 500) return fallback;
  return /^\/(?![/\\])[^\s\\\p{Cc}]*$/u.test(input) ? input : fallback;
}
