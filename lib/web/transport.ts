import { isLoopback } from '@/lib/env/env';
import { proxyWord, type Site } from './site';

/**
 * WEB-7: whether a request came by https as far as anybody knows. Only a trusted proxy's own word makes it plain: no
 * word is no reason to redirect, or a proxy that sets no X-Forwarded-Proto would send people round in circles. One
 * that says http of everything would too; but browsers send Sec-Fetch-* over https only (and to a loopback address).
 * @returns `misread` where proxy and browser contradict each other
 */
export function transportOf(headers: Headers, site: Site): 'fine' | 'plain' | 'misread' {
  if (!site.production || isLoopback(site.appUrl)) return 'fine';
  if (proxyWord(headers, 'x-forwarded-proto', site) !== 'http') return 'fine';
  return headers.has('sec-fetch-site') ? 'misread' : 'plain';
}
