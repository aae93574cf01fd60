import type { Acting } from '@/lib/admin/people/act-on-person';
import type { AuditType } from '@/lib/audit/audit';
import type { Database } from '@/lib/db/client';
import { type PolicyName, policies } from '@/lib/limits/policies';
import type { Policy } from '@/lib/limits/policy';

/** A limit as it holds now. */
export type LimitNow = Omit<Policy, 'most'> & {
  name: PolicyName;
  standard: number;
  /** What an admin has set; null where the standard holds. */
  set: number | null;
  /** What whoever changes it has seen. */
  version: number;
  changedAt: Date | null;
};

export type LimitSet =
  | { status: 'done' }
  /** Somebody else changed it since the page was shown. */
  | { status: 'changed-meanwhile' }
  | { status: 'out-of-bounds'; least: number; most: number }
  | { status: 'unknown' };

/** @returns every limit of the table */
export async function limitsNow(db: Database): Promise<LimitNow[]> {
  const rows = new Map((await db.limitOverride.findMany()).map((row) => [row.policy, row]));
  return (Object.keys(policies) as PolicyName[]).map((name) => {
    const { most: standard, ...policy } = policies[name] as Policy;
    const row = rows.get(name);
    return {
      ...policy,
      name,
      standard,
      set: row?.most ?? null,
      version: row?.version ?? 0,
      changedAt: row?.changedAt ?? null,
    };
  });
}

const isPolicy = (text: string): text is PolicyName => Object.hasOwn(policies, text);

/**
 * Sets a limit to another number, within its bounds, or back to the standard. Counting reads it in its own statement, so
 * that it holds in every instance from this commit on; a refusal that a process remembers lasts up to 5 s longer (RL-1).
 * The act and its record commit together (AUD-1).
 * @param most null for the standard @param version that the admin saw: of two at once the second is told
 */
export async function setLimit(
  { db, clock, caller, adminId }: Acting,
  name: string,
  most: number | null,
  version: number,
): Promise<LimitSet> {
  const policy: Policy | null = isPolicy(name) ? policies[name] : null;
  if (!policy?.bounds) return { status: 'unknown' };
  const [least, greatest] = policy.bounds;
  if (most !== null && (!Number.isInteger(most) || most < least || most > greatest))
    return { status: 'out-of-bounds', least, most: greatest };
  const now = clock.now();
  const type: AuditType = 'limit_set';
  const [row] = await db.$queryRaw<{ done: boolean }[]>`
    WITH before AS MATERIALIZED (
      SELECT COALESCE((SELECT most FROM "LimitOverride" WHERE policy = ${name}), ${policy.most}::int) AS most
    ), changed AS (
      INSERT INTO "LimitOverride" (policy, most, version, "changedAt", "changedBy")
      SELECT ${name}, ${most}::int, 1, ${now}, ${adminId}::uuid
      WHERE ${version}::int = 0 OR EXISTS (SELECT FROM "LimitOverride" WHERE policy = ${name})
      ON CONFLICT (policy) DO UPDATE SET most = EXCLUDED.most, version = "LimitOverride".version + 1,
        "changedAt" = EXCLUDED."changedAt", "changedBy" = EXCLUDED."changedBy"
      WHERE "LimitOverride".version = ${version}::int
      RETURNING policy
    ), audited AS (
      INSERT INTO "AuditEvent" (at, type, "actorId", source, detail)
      SELECT ${now}, ${type}, ${adminId}::uuid, ${caller.address},
        jsonb_build_object('limit', policy, 'before', before.most, 'after', ${most ?? policy.most}::int)
      FROM changed, before
    )
    SELECT EXISTS (SELECT FROM changed) AS done`;
  return { status: row?.done ? 'done' : 'changed-meanwhile' };
}
