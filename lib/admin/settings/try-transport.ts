import type { Acting } from '@/lib/admin/people/act-on-person';
import type { AuditType } from '@/lib/audit/audit';

/**
 * Lets the next message try a provider whose circuit is open, instead of after up to five minutes: somebody has mended
 * what was wrong. One message probes it, as ever; where it fails the circuit is open again.
 * @param name a transport's
 * @returns whether it was open
 */
export async function tryTransport({ db, clock, caller, adminId }: Acting, name: string): Promise<boolean> {
  const type: AuditType = 'transport_tried';
  const [row] = await db.$queryRaw<{ before: string }[]>`
    WITH held AS MATERIALIZED (
      SELECT name, "openUntil" FROM "Transport" WHERE name = ${name} AND "openUntil" > now() FOR UPDATE
    ), tried AS (
      UPDATE "Transport" t SET "openUntil" = now() FROM held WHERE t.name = held.name RETURNING held."openUntil" AS before
    ), audited AS (
      INSERT INTO "AuditEvent" (at, type, "actorId", source, detail)
      SELECT ${clock.now()}, ${type}, ${adminId}::uuid, ${caller.address},
        jsonb_build_object('transport', ${name}::text, 'before', before, 'after', now()) FROM tried
    )
    SELECT before::text FROM tried`;
  return row !== undefined;
}
