export const dynamic = 'force-dynamic';

/** Liveness: this process answers. Needs neither database nor provider (OBS-3). */
export function GET(): Response {
  return Response.json({ status: 'ok' }, { headers: { 'Cache-Control': 'no-store' } });
}
