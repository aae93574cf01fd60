import { guarded } from '../guarded';

export const dynamic = 'force-dynamic';

/** What is no API. Without it Next would answer by the page for what is missing, and run server actions there. */
const nothing = guarded(() =>
  Response.json({ error: 'There is nothing here.' }, { status: 404, headers: { 'Cache-Control': 'no-store' } }),
);

export { nothing as DELETE, nothing as GET, nothing as PATCH, nothing as POST, nothing as PUT };
