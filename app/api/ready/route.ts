import { container } from '@/lib/container';
import { createReadiness } from '@/lib/status/readiness';

export const dynamic = 'force-dynamic';

const readiness = createReadiness();

/** Readiness: the database takes a write (OBS-3). Says which part fails, never why. */
export async function GET(): Promise<Response> {
  const { ready, database, outbox } = await readiness(container());
  return Response.json(
    { status: ready ? 'ok' : 'unavailable', database, outbox },
    { status: ready ? 200 : 503, headers: { 'Cache-Control': 'no-store' } },
  );
}
