import { type DeliveryKind, Prisma } from '@/generated/prisma/client';
import type { Condition } from '@/lib/alerts/conditions';
import type { Database } from '@/lib/db/client';
import type { CodeSource } from '@/lib/otp/derive';
import { distrusted } from '@/lib/users/distrust';
import type { Lane } from './lanes';

/** A claimed delivery with all that its message needs. */
export type ClaimedDelivery = {
  id: string;
  kind: DeliveryKind;
  channel: 'email' | 'sms';
  queuedAt: Date;
  /** Names this claim: a later one has a higher number, and results of an earlier one are not written. */
  claim: number;
  /** Tries at a provider so far, this one included. */
  attempts: number;
  /** The transport that takes it; null where its channel has none that works at the moment. */
  transport: Lane['transport'] | null;
  /** It is the one message that finds out whether an open circuit may close. */
  probe: boolean;
  /** Null for a decoy. */
  userId: string | null;
  /** Null for a decoy, and where the person has lost the address meanwhile; a number is a verified one (RL-4). */
  recipient: string | null;
  /** The other channel, where the person could be reached by it and this delivery is not itself a failover. */
  otherChannel: 'email' | 'sms' | null;
  /** A disputed reset went over this channel: its notice carries no link that could undo the owner's own (POST-3). */
  distrusted: boolean;
  /** What its hand-offs so far cost, in millionths; null where nothing did. SMS only (RL-6). */
  cost: number | null;
  /** The email address of the account that a notice to an operator is about. */
  account: string | null;
  /** What an alert is about (OBS-2). */
  incident: (Condition & { at: Date }) | null;
  challenge: LiveChallenge | null;
};

/** What a code is derived from, and whether it is still worth sending. */
type LiveChallenge = CodeSource & { expiresAt: Date; consumedAt: Date | null; closedAt: Date | null };

/** How long a claim keeps others away, on the database's clock. A send takes 20 s at most (DEL-1). */
const LEASE = Prisma.sql`interval '60 seconds'`;
/** How long one probing message has a half-open circuit for itself. */
const PROBE = Prisma.sql`interval '30 seconds'`;
/** Decoys that one claim takes, and rows without a working transport of a channel: they cost no provider anything. */
export const UNPACED = 20;

const waiting = (only: Prisma.Sql): Prisma.Sql =>
  Prisma.sql`status IN ('queued', 'sending') AND "nextAttemptAt" <= now() ${only}`;

type Row = Omit<ClaimedDelivery, 'challenge' | 'incident'> &
  Omit<LiveChallenge, 'id' | 'userId'> & {
    challengeId: string | null;
    challengeUserId: string | null;
    incident: string | null;
  };

/**
 * Claims what is due, in one statement (DEL-10): codes before notices, each channel by its first transport whose circuit
 * is closed, no more than that has room and tokens for. A circuit whose time is up lets one message probe it. Rows of a
 * sender that died come back when their lease ends. Any number of processes may call it at once; each row goes to one.
 * @param now the app's, for what is not the outbox's: tries and disputes @param ids where given, these deliveries only
 */
export async function claimDeliveries(
  db: Database,
  lanes: readonly Lane[],
  now: Date,
  ids?: readonly string[],
): Promise<ClaimedDelivery[]> {
  const at = Prisma.sql`${now}::timestamptz`;
  const only = ids ? Prisma.sql`AND id = ANY(${[...ids]}::uuid[])` : Prisma.empty;
  const most = lanes.reduce((sum, { free }) => sum + free, 0) + 2 * UNPACED;
  const rows = await db.$queryRaw<Row[]>`
    WITH lane AS MATERIALIZED (
      SELECT l.transport, l.channel, l.place, l.free, t."openUntil",
        LEAST(l.burst, t.tokens + l."perSecond" * GREATEST(0, EXTRACT(EPOCH FROM now() - t."tokensAt"))) AS tokens
      FROM jsonb_to_recordset(${JSON.stringify(lanes)}::jsonb) AS l(transport text, channel "Channel", place int,
        free int, "perSecond" float8, burst float8)
      JOIN "Transport" t ON t.name = l.transport ORDER BY t.name FOR UPDATE OF t
    ), working AS (
      SELECT DISTINCT ON (channel) *,
        CASE WHEN "openUntil" IS NULL THEN LEAST(free, floor(tokens)::int) ELSE LEAST(free, 1) END AS room
      FROM lane WHERE "openUntil" IS NULL OR "openUntil" <= now() ORDER BY channel, place
    ), paced AS (
      SELECT d.id, w.transport, w."openUntil" IS NOT NULL AS probe FROM working w CROSS JOIN LATERAL (
        SELECT id FROM "Delivery" WHERE channel = w.channel AND "userId" IS NOT NULL AND ${waiting(only)}
        ORDER BY kind, "nextAttemptAt" LIMIT w.room FOR UPDATE SKIP LOCKED) d
    ), decoys AS (
      SELECT id, (SELECT transport FROM working w WHERE w.channel = d.channel) AS transport, false FROM (
        SELECT id, channel FROM "Delivery" WHERE "userId" IS NULL AND ${waiting(only)}
        ORDER BY kind, "nextAttemptAt" LIMIT ${UNPACED} FOR UPDATE SKIP LOCKED) d
    ), stranded AS (
      SELECT d.id, NULL, false FROM unnest(enum_range(NULL::"Channel")) AS c(channel) CROSS JOIN LATERAL (
        SELECT id FROM "Delivery" WHERE channel = c.channel AND "userId" IS NOT NULL AND ${waiting(only)}
        ORDER BY kind, "nextAttemptAt" LIMIT ${UNPACED} FOR UPDATE SKIP LOCKED) d
      WHERE NOT EXISTS (SELECT 1 FROM working w WHERE w.channel = c.channel)
    ), picked AS (
      -- The limit changes nothing but the plan: for so few rows nobody reads whole tables.
      SELECT * FROM (SELECT * FROM paced UNION ALL SELECT * FROM decoys UNION ALL SELECT * FROM stranded) p LIMIT ${most}
    ), spent AS (
      UPDATE "Transport" t SET tokens = w.tokens - p.taken, "tokensAt" = now(),
        "openUntil" = CASE WHEN w."openUntil" IS NULL THEN NULL ELSE now() + ${PROBE} END
      FROM working w JOIN (SELECT transport, count(*) AS taken FROM paced GROUP BY transport) p USING (transport)
      WHERE t.name = w.transport
    ), claimed AS (
      UPDATE "Delivery" d SET status = 'sending', "nextAttemptAt" = now() + ${LEASE}, claims = claims + 1,
        attempts = attempts + (p.transport IS NOT NULL)::int, transport = COALESCE(p.transport, d.transport)
      FROM picked p WHERE d.id = p.id RETURNING d.*, p.transport AS taken, p.probe
    ), tried AS (
      INSERT INTO "DeliveryAttempt" ("deliveryId", number, transport, "startedAt")
      SELECT id, attempts, taken, ${at} FROM claimed WHERE taken IS NOT NULL
    )
    SELECT d.id, d.kind::text, d.channel::text, d."queuedAt", d.claims AS claim, d.attempts, d.taken AS transport, d.probe,
      d."userId", CASE WHEN d.channel = 'email' THEN u.email WHEN u."phoneVerifiedAt" IS NOT NULL THEN u.phone END AS recipient,
      CASE WHEN d.kind <> 'code' OR d."failoverOf" IS NOT NULL THEN NULL
        WHEN d.channel = 'email' AND u."phoneVerifiedAt" IS NOT NULL AND NOT ${distrusted(Prisma.sql`'sms'`, now)} THEN 'sms'
        WHEN d.channel = 'sms' AND u."emailVerifiedAt" IS NOT NULL AND NOT ${distrusted(Prisma.sql`'email'`, now)} THEN 'email'
      END AS "otherChannel",
      ${distrusted(Prisma.sql`d.channel`, now)} AS distrusted, d.cost::float8 AS cost,
      CASE WHEN d.kind IN ('operator_needed', 'guessing') AND c."userId" IS DISTINCT FROM d."userId"
        THEN (SELECT email FROM "User" WHERE id = c."userId") END AS account,
      c.nonce, c."keyId", c.purpose::text, c."userId" AS "challengeUserId", c.digits, c."expiresAt", c."consumedAt",
      c."closedAt", d."challengeId",
      (SELECT json_build_object('kind', kind, 'about', about, 'figures', figures,
        'at', CASE WHEN d.kind = 'alert_ended' THEN "endedAt" ELSE "startedAt" END)::text
        FROM "Incident" WHERE id = d."incidentId") AS incident
    FROM claimed d LEFT JOIN "User" u ON u.id = d."userId" LEFT JOIN "Challenge" c ON c.id = d."challengeId"
    ORDER BY d.kind, d."queuedAt"`;
  return rows.map(fromRow);
}

/** Whether something is due, be it that its transport has no room or no token for it yet. */
export async function somethingIsDue(db: Database): Promise<boolean> {
  const [row] = await db.$queryRaw<{ due: boolean }[]>`
    SELECT EXISTS (SELECT 1 FROM "Delivery" WHERE ${waiting(Prisma.empty)}) AS due`;
  return row?.due ?? false;
}

function fromRow(row: Row): ClaimedDelivery {
  const { challengeId, nonce, keyId, purpose, challengeUserId, digits, ...rest } = row;
  const { expiresAt, consumedAt, closedAt, incident, ...delivery } = rest;
  const source = { nonce, keyId, purpose, userId: challengeUserId, digits, expiresAt, consumedAt, closedAt };
  const about: (Condition & { at: string }) | null = incident === null ? null : JSON.parse(incident);
  return {
    ...delivery,
    incident: about && { ...about, at: new Date(about.at) },
    challenge: challengeId === null ? null : { id: challengeId, ...source },
  };
}
