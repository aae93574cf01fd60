import { Prisma } from '@/generated/prisma/client';
import { type TooMany, tooManyByHand } from '@/lib/admin/by-hand';
import type { Acting } from '@/lib/admin/people/act-on-person';
import { audit } from '@/lib/audit/audit';
import type { Clock } from '@/lib/clock';
import type { Database } from '@/lib/db/client';
import { LEAST_LIFE_MS, NOTICE_LIFE_MS } from '@/lib/dispatch/decide';
import type { Keyring } from '@/lib/keys/keyring';
import { distrusted } from '@/lib/users/distrust';
import { isId } from './delivery';

/** Why a delivery is not sent once more. */
export type NotRetried =
  /** There is none, or it is a decoy. */
  | 'unknown'
  /** It is under way, or has arrived as far as anybody knows. */
  | 'not-failed'
  /** Somebody was faster. */
  | 'already'
  /** The same message is under way or has arrived otherwise: resent, or by the other channel. */
  | 'sent-otherwise'
  /** Its code is dead, used, closed or guessed out; a notice is older than a day. */
  | 'worthless'
  /** The person may not or cannot be written to by that channel, or their address is another one by now. */
  | 'unreachable';

export type Retried = { status: 'queued'; deliveryId: string } | { status: NotRetried } | TooMany;

type Deps = { db: Database; keyring: Keyring; clock: Clock };
type State = {
  kind: string;
  status: string;
  userId: string;
  challengeId: string | null;
  queuedAt: Date;
  recipientHash: string | null;
  retried: boolean;
  otherwise: boolean;
  alive: boolean;
  address: string | null;
  allowed: boolean;
};

const isCode = ({ kind }: State): boolean => kind === 'code' || kind === 'second_step';

/**
 * Sends a message once more that did not leave or did not arrive: the same code, which its dispatcher derives anew. It
 * is a delivery of its own, because receipts and results of the failed one may still come (DEL-8). "retryOf" is unique:
 * of any number of clicks one queues it, the others are told. Somebody should dispatch what it returns.
 * @param id a delivery's
 */
export async function retryDelivery(deps: Acting & Deps, id: string): Promise<Retried> {
  const { db, clock, caller, adminId } = deps;
  if (!isId(id)) return { status: 'unknown' };
  return db.$transaction(async (tx): Promise<Retried> => {
    const at = clock.now();
    // The person first, as everywhere: a reset or a dispute is seen whole or not at all.
    await tx.$queryRaw`SELECT FROM "User" WHERE id = (SELECT "userId" FROM "Delivery" WHERE id = ${id}::uuid) FOR UPDATE`;
    const state = await stateOf(tx, id, at);
    const refused = state ? refusal(deps.keyring, state, at) : 'unknown';
    if (!state || refused) return { status: refused ?? 'unknown' };
    const tooMany = await tooManyByHand(tx, deps, at);
    if (tooMany) return tooMany;
    const [queued] = await tx.$queryRaw<{ id: string }[]>`
      INSERT INTO "Delivery" (kind, channel, "challengeId", "userId", "queuedAt", "retryOf")
      SELECT kind, channel, "challengeId", "userId", ${at}, id FROM "Delivery"
      WHERE id = ${id}::uuid AND status IN ('failed', 'abandoned')
      ON CONFLICT ("retryOf") DO NOTHING RETURNING id`;
    if (!queued) return { status: 'already' };
    await audit(tx, {
      at,
      type: 'delivery_retried',
      actorId: adminId,
      subjectId: state.userId,
      source: caller.address,
      correlationId: state.challengeId,
      detail: { delivery: id, before: state.status, after: 'queued', retry: queued.id },
    });
    return { status: 'queued', deliveryId: queued.id };
  });
}

/** Whether a retry would be taken now, for the page that offers it. @returns null where it would */
export async function whyNotRetry({ db, keyring, clock }: Deps, id: string): Promise<NotRetried | null> {
  const at = clock.now();
  const state = await stateOf(db, id, at);
  return state ? refusal(keyring, state, at) : 'unknown';
}

function refusal(keyring: Keyring, state: State, at: Date): NotRetried | null {
  if (state.status !== 'failed' && state.status !== 'abandoned') return 'not-failed';
  if (state.retried) return 'already';
  if (state.otherwise) return 'sent-otherwise';
  if (isCode(state) ? !state.alive : at.getTime() >= state.queuedAt.getTime() + NOTICE_LIFE_MS) return 'worthless';
  if (!state.allowed || state.address === null) return 'unreachable';
  // What was meant for one address goes to no other.
  const moved =
    state.recipientHash !== null && state.recipientHash !== keyring.pepperedHash('recipient', state.address);
  return moved ? 'unreachable' : null;
}

/**
 * What decides, in one statement. A disputed channel carries no code (POST-3); what names another person's account goes
 * to who is an admin now.
 */
async function stateOf(db: Pick<Database, '$queryRaw'>, id: string, at: Date): Promise<State | null> {
  const lives = new Date(at.getTime() + LEAST_LIFE_MS);
  const [state] = await db.$queryRaw<State[]>`
    SELECT d.kind::text, d.status::text, d."userId", d."challengeId", d."queuedAt", d."recipientHash",
      EXISTS (SELECT FROM "Delivery" r WHERE r."retryOf" = d.id) AS retried,
      EXISTS (SELECT FROM "Delivery" o WHERE o."challengeId" = d."challengeId" AND o.id <> d.id AND o.kind = d.kind
        AND o."userId" = d."userId" AND o.status IN ('queued', 'sending', 'sent', 'delivered')) AS otherwise,
      COALESCE(c."expiresAt" > ${lives} AND c."consumedAt" IS NULL AND c."closedAt" IS NULL
        AND c.attempts < c."maxAttempts", false) AS alive,
      CASE WHEN d.channel = 'email' AND u."emailVerifiedAt" IS NOT NULL THEN u.email
        WHEN d.channel = 'sms' AND u."phoneVerifiedAt" IS NOT NULL THEN u.phone END AS address,
      u."disabledAt" IS NULL
        AND (d.kind NOT IN ('code', 'second_step') OR NOT ${distrusted(Prisma.sql`d.channel`, at)})
        AND (d.kind NOT IN ('operator_needed', 'guessing') OR c."userId" IS NOT DISTINCT FROM d."userId"
          OR u.role = 'admin') AS allowed
    FROM "Delivery" d JOIN "User" u ON u.id = d."userId" LEFT JOIN "Challenge" c ON c.id = d."challengeId"
    WHERE d.id = ${id}::uuid`;
  return state ?? null;
}
