import { exportAudit } from '@/lib/admin/audit/export';
import { readAuditQuery } from '@/lib/admin/audit/filter';
import { csvHeaders } from '@/lib/admin/list/csv';
import { paramsOf } from '@/lib/admin/list/query';
import { container } from '@/lib/container';
import { adminRoute } from '@/lib/session/admin';

/** The log as a file, with the filters of its page. What cannot be read is refused: nobody gets more than they meant. */
export const GET = adminRoute(async (admin, request: Request): Promise<Response> => {
  const { filter, problems } = readAuditQuery(paramsOf(request));
  if (problems.length > 0)
    return Response.json({ error: problems.join(' ') }, { status: 400, headers: { 'Cache-Control': 'no-store' } });
  const { clock } = container();
  return new Response(await exportAudit(container(), admin.userId, filter), {
    headers: csvHeaders('audit', clock.now()),
  });
});
