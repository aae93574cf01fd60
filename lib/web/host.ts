import { isLoopback } from '@/lib/env/env';
import { proxyWord, type Site } from './site';

const LOOPBACK_NAMES = ['localhost', '127.0.0.1', '[::1]'];

/**
 * WEB-7: the host that a request is for, if this site answers to it: APP_URL's, by the Host header or by a trusted
 * proxy's X-Forwarded-Host. Where APP_URL is a loopback address the others of this machine are as good, at the same
 * port. In development every name is: a phone on the same network has no other.
 * @returns as a URL writes it, without the scheme's own port; null where the request is to be refused
 */
export function servedHost(headers: Headers, site: Site): string | null {
  const { appUrl, production } = site;
  const asked = canonicalHost(headers.get('host'), appUrl.protocol);
  const ownHost = appUrl.host.replace(ROOT_DOT, '');
  if (!production) return asked;
  if (asked === ownHost || canonicalHost(proxyWord(headers, 'x-forwarded-host', site), appUrl.protocol) === ownHost)
    return appUrl.host;
  if (asked === null || !isLoopback(appUrl)) return null;
  const aliases = LOOPBACK_NAMES.map((name) => new URL(`${appUrl.protocol}//${name}:${appUrl.port}`).host);
  return aliases.includes(asked) ? asked : null;
}

/** A name or address with or without a port, and nothing that a URL could be talked into reading otherwise. */
const HOST = /^(?:[\w-]+(?:\.[\w-]+)*\.?|\[[\da-f:.]+\])(?::\d{1,5})?$/i;
/** A name with a dot at its end is the same name: written so, no search list is asked for it (RFC 1034, 3.1). */
const ROOT_DOT = /\.(?=$|:)/;

/** @returns a host as a URL writes it, without a dot at its end; null where it is none */
function canonicalHost(written: string | null, protocol: string): string | null {
  if (!written || !HOST.test(written)) return null;
  const url = `${protocol}//${written.replace(ROOT_DOT, '')}`;
  return URL.canParse(url) ? new URL(url).host : null;
}
