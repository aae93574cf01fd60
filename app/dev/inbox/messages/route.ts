import { guarded } from '@/app/api/guarded';
import { inboxExists, readInbox, sentTo } from '../inbox-message';

const headers = { 'Cache-Control': 'no-store' };

/** What the inbox holds, newest first. `?to=` picks one address or number. 404 where there is no inbox. */
export const GET = guarded(async (request) => {
  if (!inboxExists()) return new Response('Not found', { status: 404, headers });
  const to = new URL(request.url).searchParams.getAll('to');
  if (to.length > 1) return Response.json({ error: 'Give `to` once.' }, { status: 400, headers });
  const messages = await readInbox();
  return Response.json(to[0] === undefined ? messages : sentTo(messages, to[0]), { headers });
});
