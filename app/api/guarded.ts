import 'server-only';
import { siteVerdict } from '@/lib/web/gate';
import { site } from '@/lib/web/site';

type Handler<Rest extends unknown[]> = (request: Request, ...rest: Rest) => Response | Promise<Response>;

const wrapped = new WeakSet<object>();

/**
 * Refuses requests for another host than APP_URL's, and leads plain ones to https (WEB-7). proxy.ts covers pages only,
 * because it doubles what a request costs, so every route handler is wrapped in this; tests/architecture fails on one
 * that is not.
 */
export function guarded<Rest extends unknown[]>(handler: Handler<Rest>): Handler<Rest> {
  const guard: Handler<Rest> = (request, ...rest) => {
    const { pathname, search } = new URL(request.url);
    const found = siteVerdict({ method: request.method, headers: request.headers, path: pathname + search }, site());
    const headers = { 'Cache-Control': 'no-store' };
    switch (found.kind) {
      case 'refuse':
        return Response.json({ error: found.sentence }, { status: found.status, headers });
      case 'redirect':
        return new Response(null, { status: 308, headers: { ...headers, Location: found.to } });
      case 'pass':
        return handler(request, ...rest);
    }
  };
  wrapped.add(guard);
  return guard;
}

/** For the test that finds what was forgotten. */
export const isGuarded = (exported: unknown): boolean => typeof exported === 'function' && wrapped.has(exported);
