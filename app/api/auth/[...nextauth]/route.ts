import NextAuth from 'next-auth';
import { authOptions, sessionCookie } from '@/lib/session/auth-options';
import { currentUser, endFormerSession } from '@/lib/session/current';
import { readableRequest } from '@/lib/session/next-auth-request';

type Context = { params: Promise<{ nextauth: string[] }> };

const refused = (): Response =>
  Response.json({ error: 'There is nothing here.' }, { status: 400, headers: { 'Cache-Control': 'no-store' } });

/**
 * next-auth's own routes. `authorize` goes through the same use-case as the form (LOG-1). Garbled input never
 * gives a 5xx; only an outage does.
 */
async function handler(request: Request, context: Context): Promise<Response> {
  const { nextauth: words } = await context.params;
  const readable = await readableRequest(request, words);
  if (!readable) return refused();
  // An outage is told here: next-auth would take it for a dead session and drop the cookie.
  await currentUser();
  const answer: Response = await NextAuth(readable as never, context as never, authOptions());
  // A sign-in leaves no session behind that this browser held before (LOG-2).
  const { name } = sessionCookie();
  if (words[0] === 'callback' && answer.headers.getSetCookie().some((line) => line.startsWith(`${name}=`)))
    await endFormerSession();
  // What it does not know how to answer, such as GET at a way of signing in that is posted, it calls a fault of ours.
  return answer.status >= 500 ? refused() : answer;
}

export { handler as GET, handler as POST };
