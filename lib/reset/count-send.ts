import { Prisma } from '@/generated/prisma/client';
import type { Caller } from '@/lib/caller';
import type { Database } from '@/lib/db/client';
import type { Keyring } from '@/lib/keys/keyring';
import type { Blocked } from '@/lib/limits/blocked';
import { countHits } from '@/lib/limits/count-hits';
import { type RefusedRow, refusedColumns, writeRefusal } from '@/lib/limits/refused';
import { askFor, type GateRow, gateColumns, gateOpen, proofGate } from '@/lib/proof/gate';
import type { Looks } from '@/lib/proof/looked';
import { type Asked, checkProof } from '@/lib/proof/proof';
import { capAt, limitColumns, nextLevel, sendLimits } from './send-limits';

export type SendVerdict =
  /**
   * `suppressed`: everything looks as ever and nothing is sent; `told`: and it is to be written down, one a period.
   * `deviceId`: the account knows this browser.
   */
  | { status: 'counted'; suppressed: boolean; told: boolean; deviceId: string | null }
  /** Too many from this network, whoever they were for. Nothing else was counted. */
  | { status: 'refused'; until: Date }
  /** So much goes wrong, or so much was asked for, that this browser must work first, or wait. Nothing was counted. */
  | { status: 'prove'; proof: Asked };

type Row = GateRow & RefusedRow & { deviceId: string | null; passed: boolean; told: boolean; capped: number | null };

/**
 * Counts a code that is asked for, or asked for again, in every limit at once: one statement (RL-1, RL-2). First the
 * client's networks; only where those pass, the pairs of network and identifier; only where those pass, the identifier.
 * So whoever is refused uses up nobody's limits. A device that the account knows has limits of its own instead.
 * Owned or not makes no difference to any of it (ENU-1, ENU-8).
 * @param input.email as `normaliseEmail` gives it
 * @param input.where SQL: what must hold for anything to be counted at all
 */
export async function countSend(
  deps: { db: Database; keyring: Keyring; caller: Caller; blocked: Blocked },
  input: { email: string; channel: 'email' | 'sms'; where: Prisma.Sql; now: Date },
): Promise<SendVerdict> {
  const { db, caller, blocked } = deps;
  const { email, where, now } = input;
  const { limits, halves, networkKeys } = sendLimits(deps, input);
  const known = blocked.until(networkKeys, caller, now);
  if (known) return { status: 'refused', until: known };
  const proof = await checkProof(deps, now);
  const device = Prisma.sql`EXISTS (SELECT FROM device)`;
  const has = proof.status === 'none' ? -1 : proof.level;
  const solved = proof.status === 'solved';
  const gate = { caller, proof, acts: where, known: device, now };
  // An identifier asks for as much work as its own requests have made of it, a crowded network for the least.
  const looks: Looks = { refusing: ['send-address'], working: ['send-address'], halves };
  // Whoever waited for another reason than the identifier goes not past its half.
  const worked = Prisma.sql`(SELECT CASE WHEN asks AND (${solved} OR doubled) THEN ${has}::int ELSE -1 END FROM asks)`;
  const waits = Prisma.sql`(SELECT asks AND doubled AND NOT ${solved} FROM asks)`;
  const of = (source: Prisma.Sql, cap?: Prisma.Sql) => countHits(Prisma.sql`limits w WHERE ${source}`, now, cap);
  const passed = (name: string) => Prisma.sql`AND NOT EXISTS (SELECT FROM ${Prisma.raw(name)} WHERE NOT passed)`;
  const [row] = await db.$queryRaw<[Row]>`
    WITH device AS MATERIALIZED (
      SELECT d.id FROM "Device" d JOIN "User" u ON u.id = d."userId"
      WHERE d.id = ANY(${[...caller.devices]}::uuid[]) AND u.email = ${email} AND u."disabledAt" IS NULL LIMIT 1
    ), ${proofGate({ ...gate, looks })}, limits AS MATERIALIZED (
      SELECT key || CASE WHEN part = 'known 2 own' THEN (SELECT id::text FROM device) ELSE '' END AS key,
        policy, most, times, "windowMs", part
      FROM jsonb_to_recordset(${JSON.stringify(limits)}::jsonb) AS l(${limitColumns})
      WHERE (part LIKE 'known%') = ${device} AND (part <> '3 waited' OR ${waits}) AND ${gateOpen} AND ${where}
    ), network AS (${of(Prisma.sql`part LIKE '%1 network'`)}
    ), own AS (${of(Prisma.sql`part IN ('2 pair', 'known 2 own') ${passed('network')}`)}
    ), identifier AS (${of(Prisma.sql`part LIKE '3 %' ${passed('network')} ${passed('own')}`, capAt(worked))}
    ), silent AS (SELECT * FROM own UNION ALL SELECT * FROM identifier
    ), refused AS (${writeRefusal('network', 'send_refused', caller, now)})
    SELECT ${gateColumns}, ${refusedColumns('network')}, (SELECT id FROM device) AS "deviceId",
      NOT EXISTS (SELECT FROM silent WHERE NOT passed) AS passed, EXISTS (SELECT FROM silent WHERE told) AS told,
      (SELECT max(${nextLevel}) FROM identifier WHERE capped
        AND NOT EXISTS (SELECT FROM silent WHERE NOT passed AND NOT capped)) AS capped`;
  if (!row.open) return { status: 'prove', proof: await askFor(deps, proof, row, now) };
  if (row.refusedUntil) {
    blocked.remember(row.refusedKeys ?? [], caller, row.refusedUntil, now);
    return { status: 'refused', until: row.refusedUntil };
  }
  // Others came at the same moment, and its work was for the place that they took.
  if (row.capped !== null)
    return { status: 'prove', proof: await askFor(deps, { status: 'none' }, { ...row, level: row.capped }, now) };
  return { status: 'counted', suppressed: !row.passed, told: row.told, deviceId: row.deviceId };
}
