import 'server-only';
import { cookies } from 'next/headers';
import { cache } from 'react';
import { container } from '@/lib/container';
import { decodeSession, encodeSession, SESSION_COOKIE_SECONDS, sessionCookie } from './auth-options';
import { clearPending } from './second-step';
import { confirmSession, endSession, type SignedIn } from './sessions';

async function sessionToken(): Promise<string | null> {
  const value = (await cookies()).get(sessionCookie().name)?.value;
  const token = value ? await decodeSession({ token: value, secret: '' }) : null;
  return typeof token?.sessionToken === 'string' ? token.sessionToken : null;
}

/** Who is signed in, confirmed against the session's row once a request. Pages and actions ask this, nothing else. */
export const currentUser = cache(async (): Promise<SignedIn | null> => {
  const token = await sessionToken();
  return token ? confirmSession(container(), token) : null;
});

/**
 * Ends the session that this browser held before: a second sign-in leaves none behind that nobody can sign out (LOG-2).
 */
export async function endFormerSession(): Promise<void> {
  const former = await sessionToken();
  if (former) await endSession(container(), former);
}

/** Sets next-auth's own cookie from a server action, which its client-only signIn cannot. @param token of createSession */
export async function writeSession(token: string): Promise<void> {
  await endFormerSession();
  const { name, options } = sessionCookie();
  const value = await encodeSession({ token: { sessionToken: token }, secret: '', maxAge: SESSION_COOKIE_SECONDS });
  (await cookies()).set(name, value, { ...options, maxAge: SESSION_COOKIE_SECONDS });
}

/** Ends the session on the server and forgets the cookie (LOG-4). */
export async function signOutHere(): Promise<void> {
  const token = await sessionToken();
  if (token) await endSession(container(), token);
  await clearPending();
  const { name, options } = sessionCookie();
  (await cookies()).set(name, '', { ...options, maxAge: 0 });
}
