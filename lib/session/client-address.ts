import 'server-only';
import { headers } from 'next/headers';
import { container } from '@/lib/container';
import { clientAddressOf, type HeadersLike } from '@/lib/limits/client-address';

type PlainHeaders = Readonly<Record<string, string | string[] | undefined>>;

/** The key by which limits count the client of this request, for pages, server actions and route handlers (RL-3). */
export const clientAddress = async (): Promise<string> => clientAddressFrom(await headers());

/** The same where a request's headers are at hand: a `Request`'s, or the plain object that next-auth gives. */
function clientAddressFrom(given: HeadersLike | PlainHeaders): string {
  return clientAddressOf(isHeaders(given) ? given : headersLike(given), container().env.TRUSTED_PROXIES);
}

const isHeaders = (given: HeadersLike | PlainHeaders): given is HeadersLike => typeof given.get === 'function';

/** @param plain names in lower case, as Node and next-auth have them */
function headersLike(plain: PlainHeaders): HeadersLike {
  return {
    get(name) {
      const value = Object.hasOwn(plain, name) ? plain[name] : undefined;
      return (Array.isArray(value) ? value.join(', ') : value) ?? null;
    },
  };
}
