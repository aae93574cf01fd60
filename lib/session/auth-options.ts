import 'server-only';
import type { NextAuthOptions } from 'next-auth';
import { decode, encode, type JWTDecodeParams, type JWTEncodeParams } from 'next-auth/jwt';
import Credentials from 'next-auth/providers/credentials';
import { container } from '@/lib/container';
import { cookieName } from '@/lib/web/cookie-name';
import { requestDeps } from './caller';
import { returnUrl } from './return-path';
import { confirmSession, endSession, USER_SESSION_MS } from './sessions';
import { signIn } from './sign-in';

const secretOf = (id: string): string => container().keyring.key(id, 'sign-in')?.toString('base64url') ?? '';

/** Every cookie lives this long at most; the `Session` row decides, and decides earlier for admins (LOG-3). */
export const SESSION_COOKIE_SECONDS = USER_SESSION_MS / 1000;

/** next-auth knows one secret; these two let the issuing key encode and every key decode (CFG-3). */
export const encodeSession = ({ secret: _, ...input }: JWTEncodeParams) =>
  encode({ ...input, secret: secretOf(container().keyring.currentId) });

export async function decodeSession({ secret: _, ...input }: JWTDecodeParams) {
  for (const id of container().keyring.ids) {
    const token = await decode({ ...input, secret: secretOf(id) }).catch(() => null);
    if (token) return token;
  }
  return null;
}

const ownCookie = (name: string) => {
  const secure = container().env.APP_URL.protocol === 'https:';
  const options = { httpOnly: true, sameSite: 'lax', path: '/', secure } as const;
  return { name: cookieName(name, secure), options };
};

export const sessionCookie = () => ownCookie('session');
/** Where next-auth keeps the address that its sign-in leads to. */
export const callbackCookie = () => ownCookie('callback-url');

/** For next-auth's own routes: a token whose session has ended is none, so that it is not renewed either (LOG-4). */
async function decodeLiving(params: JWTDecodeParams) {
  const token = await decodeSession(params);
  if (typeof token?.sessionToken !== 'string') return null;
  return (await confirmSession(container(), token.sessionToken)) ? token : null;
}

/** A function, not a constant: settings are read at the first request, never at the build (CFG-1). */
export function authOptions(): NextAuthOptions {
  return {
    secret: secretOf(container().keyring.currentId),
    session: { strategy: 'jwt', maxAge: SESSION_COOKIE_SECONDS },
    jwt: { encode: encodeSession, decode: decodeLiving },
    // The others of its cookies belong to ways of signing in that are not offered.
    cookies: {
      sessionToken: sessionCookie(),
      callbackUrl: callbackCookie(),
      csrfToken: ownCookie('csrf'),
    },
    pages: { signIn: '/sign-in', error: '/sign-in', signOut: '/account' },
    providers: [
      Credentials({
        credentials: { email: {}, password: {} },
        async authorize(input) {
          const outcome = await signIn(await requestDeps(), input?.email, input?.password);
          return outcome.status === 'signed-in' ? { id: outcome.userId, sessionToken: outcome.token } : null;
        },
      }),
    ],
    callbacks: {
      redirect: ({ url }) => returnUrl(url, container().env.APP_URL.origin),
      // The token holds a session id and nothing else: no email, no role, no name (CFG-3, ADM-2).
      jwt: ({ token, user }) =>
        user && 'sessionToken' in user ? { sessionToken: user.sessionToken } : { sessionToken: token.sessionToken },
      // This is what GET /api/auth/session answers to scripts: the token stays in its HttpOnly cookie.
      session: ({ session }) => ({ expires: session.expires }),
    },
    events: {
      async signOut({ token }) {
        if (typeof token?.sessionToken === 'string') await endSession(container(), token.sessionToken);
      },
    },
    logger: { error() {}, warn() {}, debug() {} },
  };
}
