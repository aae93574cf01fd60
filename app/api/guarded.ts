import 'server-only';
import { hostVerdict } from '@/lib/web/gate';
import { site } from '@/lib/web/site';

type Handler<Rest extends unknown[]> = (request: Request, ...rest: Rest) => Response | Promise<Response>;

const wrapped = new WeakSet<object>();

/**
 * Refuses requests for another host than APP_URL's (WEB-7). proxy.ts covers pages only, because it doubles what a
 * request costs, so every route handler is wrapped in this; tests/architecture fails on one that is not.
 */
export function guarded<Rest extends unknown[]>(handler: Handler<Rest>): Handler<Rest> {
  const guard: Handler<Rest> = (request, ...rest) => {
    const found = hostVerdict(request.headers, site());
    return found.kind === 'refuse'
      ? Response.json({ error: found.sentence }, { status: found.status, headers: { 'Cache-Control': 'no-store' } })
      : handler(request, ...rest);
  };
  wrapped.add(guard);
  return guard;
}

/** For the test that finds what was forgotten. */
export const isGuarded = (exported: unknown): boolean => typeof exported === 'function' && wrapped.has(exported);
