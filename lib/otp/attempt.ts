import { Prisma } from '@/generated/prisma/client';
import type { AuditType } from '@/lib/audit/audit';
import type { Caller } from '@/lib/caller';
import { plus } from '@/lib/clock';
import type { Database } from '@/lib/db/client';
import type { Keyring } from '@/lib/keys/keyring';
import { countHits, wantedFrom, wantedRows } from '@/lib/limits/count-hits';
import { type RefusedRow, refusedColumns, writeRefusal } from '@/lib/limits/refused';
import { askFor, type GateRow, gateColumns, gateOpen, proofGate } from '@/lib/proof/gate';
import { type Asked, type Checked, checkProof } from '@/lib/proof/proof';
import { viewChallenge } from './challenge';
import { type CodeSource, deriveCode, deriveGrant, type Purpose, sameSecret } from './derive';
import { crowdEarlier, crowdKeys, crowdMark, crowdThisHour, isDevices, keptUntil } from './guesses';
import { warnKeyRetired } from './key-retired';
import { CROWD_STOP_FACTOR, DIGITS, GRANT_LIFE_MS, GUESSES_IN_A_ROW, REPEAT_MS } from './policy';

export type AttemptOutcome =
  | { status: 'proved'; grant: string; userId: string }
  | { status: 'wrong'; triesLeft: number }
  /** No attempt was left to spend, the time was up, or the key was retired. Nothing was compared. */
  | { status: 'exhausted' | 'expired' | 'missing' }
  /** So many guess at codes everywhere that this one is too short to be compared; a new one is longer. */
  | { status: 'too-short' }
  /** Too many wrong codes came from this network. Nothing was spent. */
  | { status: 'refused'; until: Date; keys: readonly string[] }
  /** So much goes wrong that this browser must work first, or wait. Nothing was spent. */
  | { status: 'prove'; proof: Asked };

type Deps = {
  db: Database;
  keyring: Keyring;
  caller: Caller;
  /** SQL that tells of so many wrong guesses in a row (VER-3), or null; lib/otp knows nothing of deliveries. */
  tellOfGuessing: ((about: { challengeId: string; userId: string | null }, now: Date) => Prisma.Sql) | null;
};
type Input = { id: string; purpose: Purpose; digits: string; now: Date };

type Row = CodeSource & { attempts: number; maxAttempts: number; guessKey: string };
/** What the first statement tells; the challenge's columns are null where no attempt was spent. */
type Spent = (Row | { id: null }) &
  GateRow &
  RefusedRow & {
    /** Wrong guesses in a row in this bucket, this one included. */
    inARow: number;
    /** Wrong guesses at strangers' codes, this one included where it counts, and where they stop; null for a device. */
    crowd: number | null;
    mark: number;
  };

const strangers = ['guess-address-hour', 'guess-address-day'] as const;
/** The rows of a client's failure budgets for codes (VER-5): strangers' of its networks, and those of known devices. */
export const guessBudgets = (caller: Caller) =>
  [...strangers, 'guess-known-address' as const].flatMap((policy) => wantedFrom(caller, policy));
/** SQL over a row of these: whether it is of known devices. */
const ofKnown: Prisma.Sql = Prisma.sql`(key LIKE 'guess-known-address:%')`;

/**
 * Spends one attempt of the challenge and one guess of the address's bucket, of the client's budgets and of the crowd's,
 * then compares, then opens the grant and gives back what a right code should not have cost (VER-1, VER-3, VER-5).
 * Two statements, each one transaction; any number at once evaluate no more than `maxAttempts`.
 * Rows are locked in one order everywhere: the proof's, the client's, the challenge, the bucket, the crowd's.
 * @param input.digits 6 to 20 ASCII digits
 */
export async function attemptChallenge(deps: Deps, input: Input): Promise<AttemptOutcome> {
  const { db, keyring } = deps;
  const { id, now } = input;
  const proof = await checkProof(deps, now);
  const row = await spend(deps, input, proof);
  if (!row.open) return { status: 'prove', proof: await askFor(deps, proof, row, now) };
  if (row.refusedUntil) return { status: 'refused', until: row.refusedUntil, keys: row.refusedKeys ?? [] };
  if (row.id === null) return whyNot(db, id, now);
  if (row.digits < DIGITS.crowd && row.crowd !== null && row.crowd > row.mark * CROWD_STOP_FACTOR)
    return { status: 'too-short' };
  const expected = deriveCode(keyring, row);
  const grant = deriveGrant(keyring, row);
  if (expected === null || grant === null) {
    warnKeyRetired(row);
    return { status: 'expired' };
  }
  const triesLeft = row.maxAttempts - row.attempts;
  // A decoy's own code must fit nobody.
  const right = sameSecret(expected, input.digits) && row.userId !== null;
  const opened = await settle(deps, row, right, triesLeft > 0 ? 'code_wrong' : 'code_exhausted', now);
  return opened && row.userId !== null
    ? { status: 'proved', grant, userId: row.userId }
    : { status: 'wrong', triesLeft };
}

async function spend({ db, caller }: Deps, { id, purpose, now }: Input, proof: Checked): Promise<Spent> {
  const spendable = Prisma.sql`id = ${id} AND purpose = ${purpose}::"ChallengePurpose" AND attempts < "maxAttempts"
    AND "expiresAt" > ${now} AND ("consumedAt" IS NULL OR "consumedAt" > ${plus(now, -REPEAT_MS)})`;
  const budgets = wantedRows(guessBudgets(caller));
  const { hour } = crowdKeys(now);
  const kept = keptUntil(now);
  const [row] = await db.$queryRaw<[Spent]>`
    WITH crowd AS MATERIALIZED (
      SELECT ${crowdEarlier(now)} AS earlier, ${crowdThisHour(now)} AS hour, ${crowdMark} AS mark
    ), target AS MATERIALIZED (
      SELECT id, known FROM (SELECT *, ${isDevices(Prisma.sql`"guessKey"`)} AS known FROM "Challenge") c, crowd
      WHERE ${spendable} AND (known OR digits >= ${DIGITS.crowd} OR earlier + hour < mark * ${CROWD_STOP_FACTOR}::float8)
    ), ${proofGate({
      caller,
      proof,
      acts: Prisma.sql`EXISTS (SELECT FROM target)`,
      looks: { refusing: strangers },
      known: Prisma.sql`EXISTS (SELECT FROM target WHERE known)`,
      now,
    })}, address AS (
      ${countHits(Prisma.sql`${budgets} WHERE ${gateOpen} AND EXISTS (SELECT FROM target WHERE known = ${ofKnown})`, now)}
    ), spent AS (
      UPDATE "Challenge" SET attempts = attempts + 1
      WHERE ${spendable} AND ${gateOpen} AND EXISTS (SELECT FROM target) AND NOT EXISTS (SELECT FROM address WHERE NOT passed)
      RETURNING *
    ), bucket AS (
      INSERT INTO "Counter" (key, points, "expiresAt") SELECT "guessKey", 1, ${kept.bucket} FROM spent
      ON CONFLICT (key) DO UPDATE SET points = "Counter".points + 1, "expiresAt" = EXCLUDED."expiresAt"
      RETURNING points
    ), hour AS (
      INSERT INTO "Counter" (key, points, "expiresAt") SELECT ${hour}, 1, ${kept.hour}
      FROM target WHERE NOT known AND EXISTS (SELECT FROM bucket)
      ON CONFLICT (key) DO UPDATE SET points = "Counter".points + 1 RETURNING points
    ), refused AS (
      ${writeRefusal('address', 'guess_refused', caller, now, id)}
    )
    SELECT spent.id, nonce, "keyId", purpose, "userId", digits, attempts, "maxAttempts", "guessKey", ${gateColumns}, ${refusedColumns('address')},
      (SELECT points FROM bucket) AS "inARow", crowd.earlier + (SELECT points FROM hour) AS crowd, crowd.mark
    FROM crowd LEFT JOIN spent ON true`;
  return row;
}

/**
 * The second statement of an attempt. A closed challenge looks alive and opens nothing: the row sees to it.
 * Right and wrong, owned or not, cost the same (ENU-3).
 * @returns whether a grant is open
 */
async function settle(
  { db, caller, tellOfGuessing }: Deps,
  row: Row & { inARow: number },
  right: boolean,
  otherwise: AuditType,
  now: Date,
): Promise<boolean> {
  const verified: AuditType = 'code_verified';
  const budgets = guessBudgets(caller).map(({ key }) => key);
  const about = { challengeId: row.id, userId: row.userId };
  const told = !right && row.inARow === GUESSES_IN_A_ROW ? tellOfGuessing?.(about, now) : undefined;
  const [settled] = await db.$queryRaw<{ opened: boolean }[]>`
    WITH held AS MATERIALIZED (
      SELECT key FROM "Counter" WHERE key = ANY(${budgets}) ORDER BY key FOR UPDATE
    ), opened AS (
      UPDATE "Challenge"
      SET "consumedAt" = COALESCE("consumedAt", ${now}),
          "grantExpiresAt" = COALESCE("grantExpiresAt", ${plus(now, GRANT_LIFE_MS)})
      WHERE (SELECT count(*) FROM held) >= 0 AND id = ${row.id} AND ${right} AND "closedAt" IS NULL
        AND "grantSpentAt" IS NULL
      RETURNING id, ${isDevices(Prisma.sql`"guessKey"`)} AS known
    ), back AS (
      UPDATE "Counter" SET hits = hits[:cardinality(hits) - 1]
      WHERE key IN (SELECT key FROM held) AND EXISTS (SELECT FROM opened WHERE known = ${ofKnown})
    ), bucket AS (
      UPDATE "Counter" SET points = 0, since = ${now} WHERE key = ${row.guessKey} AND EXISTS (SELECT FROM opened)
      RETURNING key
    ), hour AS (
      UPDATE "Counter" SET points = points - 1
      WHERE key = ${crowdKeys(now).hour} AND points > 0 AND EXISTS (SELECT FROM opened WHERE NOT known)
        AND (SELECT count(*) FROM bucket) >= 0
    ), audited AS (
      INSERT INTO "AuditEvent" (at, type, "subjectId", source, "correlationId")
      VALUES (${now}, CASE WHEN EXISTS (SELECT FROM opened) THEN ${verified} ELSE ${otherwise} END,
        ${row.userId}::uuid, ${caller.address}, ${row.id})
    ), told AS (${told ?? Prisma.sql`SELECT`})
    SELECT EXISTS (SELECT FROM opened) AS opened`;
  return settled?.opened ?? false;
}

async function whyNot(db: Database, id: string, now: Date): Promise<AttemptOutcome> {
  const view = await viewChallenge(db, id);
  if (!view) return { status: 'missing' };
  if (view.expiresAt <= now) return { status: 'expired' };
  // Tries are left and the time is not up, so what kept it from being compared is its length.
  return { status: view.triesLeft > 0 && !view.consumed ? 'too-short' : 'exhausted' };
}
