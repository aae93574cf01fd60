import type { Database } from '@/lib/db/client';

/** A pool sends a statement by any of its connections: so many at once meet all ten. */
const EVERY_CONNECTION = 30;

/**
 * Puts every session of this client into a zone, as a pooler does that hands out a connection of somebody else's, and
 * back into UTC afterwards. The embedded database has one session for all.
 */
export function setsZone(db: Database, zone: string): void {
  const set = (to: string) =>
    Promise.all(
      Array.from(
        { length: EVERY_CONNECTION },
        () => db.$queryRaw`SELECT set_config('TimeZone', ${to}, false), pg_sleep(0.01)::text`,
      ),
    );
  beforeEach(() => set(zone));
  afterAll(() => set('UTC'));
}
