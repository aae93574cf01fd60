import { container } from '@/lib/container';
import { describeError, log } from '@/lib/log';
import { exposition } from '@/lib/metrics/exposition';
import { hasBearer } from '@/lib/web/bearer-token';
import { guarded } from '../guarded';

export const runtime = 'nodejs';
export const dynamic = 'force-dynamic';

const headers = { 'Cache-Control': 'no-store' };

/** For Prometheus (OBS-1), with METRICS_TOKEN as its bearer token; where that is not set nobody has it. */
export const GET = guarded(async (request) => {
  const { env, clock, ...deps } = container();
  if (!hasBearer(request, env.METRICS_TOKEN))
    return new Response(null, { status: 401, headers: { ...headers, 'WWW-Authenticate': 'Bearer' } });
  try {
    const { type, text } = await exposition(deps, clock.now());
    return new Response(text, { headers: { ...headers, 'Content-Type': type } });
  } catch (error) {
    log.error(describeError(error), 'metrics could not be read');
    return Response.json({ status: 'unavailable' }, { status: 503, headers });
  }
});
