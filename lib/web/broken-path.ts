import type { IncomingMessage, ServerResponse } from 'node:http';

/**
 * Refuses an address under /api whose percent signs encode nothing: Next answers it with 500 where a route catches all
 * that lies below it.
 * @returns true where it has answered
 */
export function refuseBrokenPath(request: IncomingMessage, response: ServerResponse): true | undefined {
  const [path = ''] = (request.url ?? '').split('?');
  if (!path.startsWith('/api/') || decodes(path)) return undefined;
  response.writeHead(400, { 'content-type': 'application/json', 'cache-control': 'no-store' });
  response.end(JSON.stringify({ error: 'This address cannot be read.' }));
  return true;
}

function decodes(path: string): boolean {
  try {
    decodeURIComponent(path);
    return true;
  } catch {
    return false;
  }
}
