import 'server-only';
import { env } from '@/lib/env/env';

/** What the web's rules need of the settings. */
export type Site = {
  appUrl: URL;
  trustedProxies: number;
  /** In development people come by names that no setting knows, and without TLS. */
  production: boolean;
};

export function site(): Site {
  const { APP_URL, TRUSTED_PROXIES, NODE_ENV } = env();
  return { appUrl: APP_URL, trustedProxies: TRUSTED_PROXIES, production: NODE_ENV === 'production' };
}

/**
 * What a proxy says in a header of its own. A list has grown from left to right, as X-Forwarded-For does; a proxy that
 * passes one value on unchanged leaves fewer than there are proxies.
 * @returns null where no proxy is trusted, or none said anything
 */
export function proxyWord(headers: Headers, name: string, { trustedProxies }: Site): string | null {
  if (trustedProxies === 0) return null;
  const words = (headers.get(name) ?? '').split(',').map((word) => word.trim().toLowerCase());
  return (words.at(-trustedProxies) ?? words[0]) || null;
}
