import type { Site } from '@/lib/web/site';

/** Settings for the web's rules: a site behind one proxy, unless said otherwise. */
export const siteAt = (url: string, given: Partial<Omit<Site, 'appUrl'>> = {}): Site => ({
  trustedProxies: 1,
  production: true,
  ...given,
  appUrl: new URL(url),
});
