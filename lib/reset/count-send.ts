import { Prisma } from '@/generated/prisma/client';
import type { AuditType } from '@/lib/audit/audit';
import type { Caller } from '@/lib/caller';
import type { Database } from '@/lib/db/client';
import type { Keyring } from '@/lib/keys/keyring';
import type { Blocked } from '@/lib/limits/blocked';
import { countHits, type Wanted, wanted } from '@/lib/limits/count-hits';
import { foldedEmail } from '@/lib/limits/folded';
import { counterKey } from '@/lib/limits/policies';
import { askFor, type GateRow, gateColumns, gateOpen, proofGate } from '@/lib/proof/gate';
import { type Asked, checkProof } from '@/lib/proof/proof';

export type SendVerdict =
  /** `suppressed`: everything looks as ever and nothing is sent. `deviceId`: the account knows this browser. */
  | { status: 'counted'; suppressed: boolean; deviceId: string | null }
  /** Too many from this network, whoever they were for. Nothing else was counted. */
  | { status: 'refused'; until: Date }
  /** So much goes wrong that this browser must work first, or wait. Nothing was counted. */
  | { status: 'prove'; proof: Asked };

type Row = GateRow & { deviceId: string | null; refusedUntil: Date | null; passed: boolean };

/**
 * Counts a code that is asked for, or asked for again, in every limit at once: one statement (RL-1, RL-2). First the
 * client's address; only where that passes, the pair of address and identifier; only where that passes, the identifier.
 * So whoever is refused uses up nobody's limits. A device that the account knows has limits of its own instead.
 * Owned or not makes no difference to any of it (ENU-1).
 * @param input.email as `normaliseEmail` gives it
 * @param input.where SQL: what must hold for anything to be counted at all
 */
export async function countSend(
  deps: { db: Database; keyring: Keyring; caller: Caller; blocked: Blocked },
  input: { email: string; channel: 'email' | 'sms'; where: Prisma.Sql; now: Date },
): Promise<SendVerdict> {
  const { db, keyring, caller, blocked } = deps;
  const { email, channel, where, now } = input;
  const addressKey = counterKey('send-address', caller.address);
  // A browser that names devices may be a known one, whose limits are its own.
  const known = caller.devices.length > 0 ? null : blocked.until([addressKey], now);
  if (known) return { status: 'refused', until: known };
  const proof = await checkProof(deps, now);
  const device = Prisma.sql`EXISTS (SELECT FROM device)`;
  const identifier = keyring.pepperedHash('identifier', foldedEmail(email));
  const part = (name: string, rows: readonly Wanted[]) => rows.map((row) => ({ ...row, part: name }));
  const limits = JSON.stringify([
    ...part('1 address', [wanted('send-address', caller.address)]),
    ...part('2 pair', [wanted('send-pair', keyring.pepperedHash('pair', `${identifier} ${caller.address}`))]),
    ...part('3 identifier', [
      wanted('send-identifier-hour', `${channel}:${identifier}`),
      wanted('send-identifier-day', `${channel}:${identifier}`),
    ]),
    ...part('device', [wanted('send-device-hour', ''), wanted('send-device-day', '')]),
  ]);
  const of = (name: string, after: Prisma.Sql) => countHits(Prisma.sql`limits w WHERE part = ${name} ${after}`, now);
  const passed = (name: string) => Prisma.sql`AND NOT EXISTS (SELECT FROM ${Prisma.raw(name)} WHERE NOT passed)`;
  const [row] = await db.$queryRaw<[Row]>`
    WITH device AS MATERIALIZED (
      SELECT d.id FROM "Device" d JOIN "User" u ON u.id = d."userId"
      WHERE d.id = ANY(${[...caller.devices]}::uuid[]) AND u.email = ${email} AND u."disabledAt" IS NULL LIMIT 1
    ), ${proofGate({ caller, proof, acts: where, known: device, now })}, limits AS MATERIALIZED (
      SELECT key || COALESCE((SELECT id::text FROM device), '') AS key, most, "windowMs", part
      FROM jsonb_to_recordset(${limits}::jsonb) AS l(key text, most int, "windowMs" int, part text)
      WHERE (part = 'device') = ${device} AND ${gateOpen} AND ${where}
    ), address AS (${of('1 address', Prisma.empty)}
    ), pair AS (${of('2 pair', passed('address'))}
    ), identifier AS (${of('3 identifier', Prisma.sql`${passed('address')} ${passed('pair')}`)}
    ), own AS (${of('device', Prisma.empty)}
    ), refused AS (
      INSERT INTO "AuditEvent" (at, type, source)
      SELECT ${now}, ${'send_refused' satisfies AuditType}, ${caller.address} FROM address WHERE NOT passed
    )
    SELECT ${gateColumns}, (SELECT id FROM device) AS "deviceId", (SELECT max(until) FROM address) AS "refusedUntil",
      NOT EXISTS (SELECT FROM pair WHERE NOT passed) AND NOT EXISTS (SELECT FROM identifier WHERE NOT passed)
        AND NOT EXISTS (SELECT FROM own WHERE NOT passed) AS passed`;
  if (!row.open) return { status: 'prove', proof: await askFor(deps, proof, row, now) };
  if (!row.refusedUntil) return { status: 'counted', suppressed: !row.passed, deviceId: row.deviceId };
  blocked.remember(addressKey, row.refusedUntil, now);
  return { status: 'refused', until: row.refusedUntil };
}
