import { type Clock, minutes, plus } from '@/lib/clock';
import type { Database } from '@/lib/db/client';
import type { Keyring } from '@/lib/keys/keyring';
import { log } from '@/lib/log';
import { BEGINNING, batchMac, digestOf } from './batch-mac';
import { idBytes, rowHash, type SealedRow } from './row-hash';

/** Events that one batch holds at most: some hundred kilobytes and a fraction of a second. */
export const MOST_EVENTS = 5_000;
/** A batch waits until it is worth one: the oldest is so old, ms, or so many wait. */
const WAITS_MS = minutes(5);
const WORTH_ONE = 1_000;
/** One process seals at a time. Any number that nothing else here locks by. */
const LOCK = 52_174_211;

type Deps = { db: Database; clock: Clock; keyring: Keyring };

/**
 * Seals the oldest events that are not sealed yet, in a batch that is chained to the one before (AUD-3). It is done
 * afterwards and not by the request, which would have to wait for the one before it. An event that was committed late
 * goes into the next batch: what belongs to which is written at the rows, not told by their times.
 * @param when `worth-it`: only where enough wait, or for long enough
 * @returns whether there may be more to seal
 */
export async function sealEvents(
  { db, clock, keyring }: Deps,
  when: 'worth-it' | 'now' = 'worth-it',
): Promise<boolean> {
  if (when === 'worth-it' && !(await worthIt(db, clock.now()))) return false;
  const sealed = await db.$transaction(
    async (tx) => {
      const [{ alone } = { alone: false }] = await tx.$queryRaw<{ alone: boolean }[]>`
        SELECT pg_try_advisory_xact_lock(${LOCK}) AS alone`;
      if (!alone) return null;
      const rows = await tx.$queryRaw<SealedRow[]>`
        SELECT id, at, type, "actorId", "subjectId", source, "correlationId", detail FROM "AuditEvent"
        WHERE batch IS NULL ORDER BY at LIMIT ${MOST_EVENTS}`;
      if (rows.length === 0) return null;
      const [last] = await tx.$queryRaw<{ number: number; mac: string }[]>`
        SELECT number, mac FROM "AuditBatch" ORDER BY number DESC LIMIT 1`;
      const ids = Buffer.concat(rows.map(({ id }) => idBytes(id)));
      const hashes = Buffer.concat(rows.map((row) => rowHash(keyring, row)));
      const link = {
        number: (last?.number ?? 0) + 1,
        sealedAt: clock.now(),
        count: rows.length,
        digest: digestOf(ids, hashes),
        previous: last?.mac ?? BEGINNING,
      };
      const mac = batchMac(keyring, link);
      await tx.auditBatch.create({ data: { ...link, ids, hashes, mac } });
      await tx.$executeRaw`
        UPDATE "AuditEvent" SET batch = ${link.number} WHERE id = ANY(${rows.map(({ id }) => id)}::uuid[])`;
      return { batch: link.number, events: rows.length, seal: mac };
    },
    { timeout: 30_000 },
  );
  if (!sealed) return false;
  // A copy outside the database: `npm run audit:verify -- --expect` finds out whether the chain was cut at its end.
  log.info(sealed, 'audit events were sealed');
  return sealed.events === MOST_EVENTS;
}

async function worthIt(db: Database, now: Date): Promise<boolean> {
  const [waiting] = await db.$queryRaw<{ worth: boolean }[]>`
    SELECT COALESCE(min(at) < ${plus(now, -WAITS_MS)}, false) OR count(*) >= ${WORTH_ONE} AS worth
    FROM (SELECT at FROM "AuditEvent" WHERE batch IS NULL ORDER BY at LIMIT ${WORTH_ONE}) waiting`;
  return waiting?.worth ?? false;
}
