import NextAuth from 'next-auth';
import { authOptions } from '@/lib/session/auth-options';

type Context = { params: Promise<{ nextauth: string[] }> };

/** next-auth's own routes. `authorize` goes through the same use-case as the form (LOG-1). */
const handler = (request: Request, context: Context) => NextAuth(request as never, context as never, authOptions());

export { handler as GET, handler as POST };
