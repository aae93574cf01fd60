import { seconds } from '@/lib/clock';
import { container } from '@/lib/container';
import { describeError, log } from '@/lib/log';
import { hasBearer } from '@/lib/web/bearer-token';
import { guarded } from '../../guarded';

export const runtime = 'nodejs';
export const dynamic = 'force-dynamic';
/** Seconds that a serverless host should let this run. */
export const maxDuration = 60;

/** How long one call sends, in ms: most hosts of cron jobs give up on an answer after 30 s. */
const LIMIT = seconds(25);
const headers = { 'Cache-Control': 'no-store' };
let told = false;

/** Sends what waits (DEL-9): beside `DISPATCHER=after` a cron job calls this, with CRON_SECRET as its bearer token. */
export const GET = guarded(async (request) => {
  const { env, dispatcher } = container();
  if (!env.CRON_SECRET && !told) {
    told = true;
    log.warn('/api/cron/dispatch was called and refuses everybody: CRON_SECRET is not set');
  }
  if (!hasBearer(request, env.CRON_SECRET))
    return new Response(null, { status: 401, headers: { ...headers, 'WWW-Authenticate': 'Bearer' } });
  try {
    return Response.json({ handled: await dispatcher.drain(LIMIT) }, { headers });
  } catch (error) {
    log.error(describeError(error), 'the outbox could not be drained');
    return Response.json({ status: 'unavailable' }, { status: 503, headers });
  }
});
