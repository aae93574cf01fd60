import { container } from '@/lib/container';
import { outboxIsStuck } from '@/lib/dispatch/stuck';
import { describeError, log } from '@/lib/log';

export const dynamic = 'force-dynamic';

/** Readiness: the database answers and the outbox moves (OBS-3). Says which part fails, never why. */
export async function GET(): Promise<Response> {
  const headers = { 'Cache-Control': 'no-store' };
  try {
    const outbox = (await outboxIsStuck(container().db)) ? 'stuck' : 'ok';
    const status = outbox === 'ok' ? 200 : 503;
    return Response.json(
      { status: status === 200 ? 'ok' : 'unavailable', database: 'ok', outbox },
      { status, headers },
    );
  } catch (error) {
    log.error(describeError(error), 'not ready');
    return Response.json(
      { status: 'unavailable', database: 'unreachable', outbox: 'unknown' },
      { status: 503, headers },
    );
  }
}
