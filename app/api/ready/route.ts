import { container } from '@/lib/container';
import { describeError, log } from '@/lib/log';

export const dynamic = 'force-dynamic';

/** A row that waits this long says that nothing sends. */
const STUCK = '5 minutes';

/** Readiness: the database answers and the outbox moves (OBS-3). Says which part fails, never why. */
export async function GET(): Promise<Response> {
  const headers = { 'Cache-Control': 'no-store' };
  try {
    const [row] = await container().db.$queryRaw<{ stuck: boolean }[]>`
      SELECT EXISTS (
        SELECT 1 FROM "Delivery" WHERE status = 'queued' AND "queuedAt" < now() - ${STUCK}::interval
      ) AS stuck`;
    const outbox = row?.stuck ? 'stuck' : 'ok';
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
