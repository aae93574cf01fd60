import { servedHost } from './host';
import { changes, mayChange } from './origin';
import type { Site } from './site';
import { transportOf } from './transport';

/**
 * What becomes of a request before any page, action or route handler sees it. `host` is the one that it is for,
 * whatever its headers say; an approved Origin's where it has one.
 */
export type Verdict =
  | { kind: 'pass'; host: string }
  | { kind: 'redirect'; to: string }
  | { kind: 'refuse'; status: number; sentence: string };

const refuse = (status: number, sentence: string): Verdict => ({ kind: 'refuse', status, sentence });

export type Asked = { method: string; headers: Headers /** Path and query, from the slash on. */; path: string };

/** WEB-7, for everything but health and ready: this site's host, and https where the proxy's word says otherwise. */
export function siteVerdict({ method, headers, path }: Asked, site: Site): Verdict {
  const host = servedHost(headers, site);
  if (host === null)
    return refuse(
      421,
      'This server does not answer to that name: use the address that is set as APP_URL, or have your proxy pass its Host header on.',
    );
  switch (transportOf(headers, site)) {
    case 'plain':
      return method === 'GET' || method === 'HEAD'
        ? { kind: 'redirect', to: `${site.appUrl.origin}${path}` }
        : refuse(403, 'This came unencrypted, so nothing was done: open the site by https and repeat it.');
    case 'misread':
      return refuse(
        400,
        'The proxy in front of this site says that this came unencrypted, and the browser says the opposite: have the proxy set X-Forwarded-Proto, and TRUSTED_PROXIES to the number of proxies.',
      );
    case 'fine':
      return { kind: 'pass', host };
  }
}

/** WEB-1 and WEB-7, for pages, their actions and next-auth's routes. */
export function verdict(asked: Asked, site: Site): Verdict {
  const { method, headers } = asked;
  const found = siteVerdict(asked, site);
  if (found.kind !== 'pass') return found;
  // A loopback APP_URL has three names, and what Next hands on to itself comes by another than the page did.
  const origin = changes(method) ? headers.get('origin') : null;
  return mayChange(method, headers, found.host, site)
    ? { kind: 'pass', host: origin === null ? found.host : new URL(origin).host }
    : refuse(403, 'This was not sent by a page of this site, so nothing was done: open the page anew and repeat it.');
}
