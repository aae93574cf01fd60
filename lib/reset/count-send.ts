import { Prisma } from '@/generated/prisma/client';
import type { Caller } from '@/lib/caller';
import type { Database } from '@/lib/db/client';
import type { Keyring } from '@/lib/keys/keyring';
import type { Blocked } from '@/lib/limits/blocked';
import { countHits } from '@/lib/limits/count-hits';
import { type RefusedRow, refusedColumns, writeRefusal } from '@/lib/limits/refused';
import { askFor, type GateRow, gateColumns, gateOpen, pastWorkMark, proofGate } from '@/lib/proof/gate';
import { type Asked, checkProof } from '@/lib/proof/proof';
import { capAt, identifierLevel, limitColumns, nextLevel, sendLimits } from './send-limits';

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
  const { limits, subject, networkKeys } = sendLimits(deps, input);
  const known = blocked.until(networkKeys, caller, now);
  if (known) return { status: 'refused', until: known };
  const proof = await checkProof(deps, now);
  const device = Prisma.sql`EXISTS (SELECT FROM device)`;
  // An identifier asks for as much work as its own requests have made of it, a crowded network for the least.
  const crowded = pastWorkMark(caller, ['send-address'], now);
  const level = Prisma.sql`COALESCE((SELECT level FROM past), CASE WHEN ${crowded} THEN 0 END)`;
  const asked = Prisma.sql`(SELECT asks FROM asks)`;
  const pastHalf = Prisma.sql`(SELECT level IS NOT NULL FROM past)`;
  const { solved, has } = { solved: proof.status === 'solved', has: proof.status === 'none' ? -1 : proof.level };
  // Whoever waited for another reason than the identifier goes not past its half.
  const worked = Prisma.sql`CASE WHEN ${asked} AND (${solved} OR ${pastHalf}) THEN ${has}::int ELSE -1 END`;
  const waits = Prisma.sql`AND ${asked} AND NOT ${solved} AND ${pastHalf}`;
  const of = (name: string, after: Prisma.Sql, cap?: Prisma.Sql) =>
    countHits(Prisma.sql`limits w WHERE part LIKE ${name} ${after}`, now, cap);
  const passed = (...names: string[]) =>
    Prisma.join(
      names.map((name) => Prisma.sql`AND NOT EXISTS (SELECT FROM ${Prisma.raw(name)} WHERE NOT passed)`),
      ' ',
    );
  const [row] = await db.$queryRaw<[Row]>`
    WITH device AS MATERIALIZED (
      SELECT d.id FROM "Device" d JOIN "User" u ON u.id = d."userId"
      WHERE d.id = ANY(${[...caller.devices]}::uuid[]) AND u.email = ${email} AND u."disabledAt" IS NULL LIMIT 1
    ), past AS MATERIALIZED (SELECT (${identifierLevel(subject, now)}) AS level
    ), ${proofGate({ caller, proof, acts: where, known: device, level, now })}, limits AS MATERIALIZED (
      SELECT key || CASE WHEN part = 'known 2 own' THEN (SELECT id::text FROM device) ELSE '' END AS key,
        policy, most, times, "windowMs", part
      FROM jsonb_to_recordset(${JSON.stringify(limits)}::jsonb) AS l(${limitColumns})
      WHERE (part LIKE 'known%') = ${device} AND ${gateOpen} AND ${where}
    ), network AS (${of('%1 network', Prisma.empty)}
    ), pair AS (${of('2 pair', passed('network'))}
    ), waited AS (${of('3 waited', Prisma.sql`${waits} ${passed('network', 'pair')}`)}
    ), identifier AS (${of('4 identifier', passed('network', 'pair', 'waited'), capAt(worked))}
    ), own AS (${of('known 2 own', passed('network'))}
    ), silent AS (
      SELECT * FROM pair UNION ALL SELECT * FROM waited UNION ALL SELECT * FROM identifier UNION ALL SELECT * FROM own
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
