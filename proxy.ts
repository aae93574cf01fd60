import { randomBytes } from 'node:crypto';
import { type NextRequest, NextResponse } from 'next/server';
import { COOKIE_CHECK, cookieName, cookieSettings } from '@/lib/web/cookie-name';
import { pagePolicy } from '@/lib/web/csp';
import { verdict } from '@/lib/web/gate';
import { site } from '@/lib/web/site';

/**
 * What comes before every page, every server action and next-auth's routes: the host and https (WEB-7), who may post
 * (WEB-1), and the page's own policy (WEB-4). Other route handlers guard themselves (app/api/guarded.ts); headers that
 * never differ are in next.config.ts.
 */
export function proxy(request: NextRequest): Response {
  const here = site();
  const { pathname, search } = request.nextUrl;
  const found = verdict({ method: request.method, headers: request.headers, path: pathname + search }, here);
  if (found.kind === 'redirect') return NextResponse.redirect(found.to, 308);
  if (found.kind === 'refuse')
    return new NextResponse(`${found.sentence}\n`, {
      status: found.status,
      headers: { 'content-type': 'text/plain; charset=utf-8', 'cache-control': 'no-store' },
    });
  const headers = new Headers(request.headers);
  // Next compares an action's Origin with these, and next-auth may build addresses of them: no client's word gets there.
  headers.set('host', found.host);
  headers.set('x-forwarded-host', found.host);
  headers.set('x-forwarded-proto', here.appUrl.protocol.slice(0, -1));
  headers.delete('forwarded');
  if (pathname.startsWith('/api/')) return NextResponse.next({ request: { headers } });
  const policy = pagePolicy({
    nonce: randomBytes(16).toString('base64'),
    // They show mails in frames. Whoever comes there must load them anew: a document keeps the policy that it came with.
    inlineStyles: pathname === '/dev/inbox' || pathname.startsWith('/admin/messages/'),
    development: !here.production,
  });
  // Next reads the nonce from here and puts it on the scripts that it writes.
  headers.set('content-security-policy', policy);
  const response = NextResponse.next({ request: { headers } });
  response.headers.set('content-security-policy', policy);
  const secure = here.appUrl.protocol === 'https:';
  const check = cookieName(COOKIE_CHECK, secure);
  // Next shows a page what is set here as if the browser had sent it. So it comes neither with an answer to a form nor
  // with the page of a detour, which ask whether it was really sent.
  if (request.method === 'GET' && !request.nextUrl.searchParams.has('note') && !request.cookies.has(check))
    response.cookies.set(check, '1', cookieSettings(secure));
  return response;
}

export const config = {
  // Everything but route handlers that guard themselves, built files and the icon. What is missing is a page too.
  matcher: ['/((?!api/(?!auth/)|dev/inbox/messages$|_next/static/|icon\\.svg$).*)'],
};
