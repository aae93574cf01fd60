import { Prisma } from '@/generated/prisma/client';
import type { Acting } from '@/lib/admin/people/act-on-person';
import type { AuditType } from '@/lib/audit/audit';
import type { Database } from '@/lib/db/client';
import type { Channel } from '@/lib/delivery/port';
import { checkWording, type Service, type WordingProblem } from '@/lib/messages/check-wording';
import { standardOf, type WordedKind, type Wording } from '@/lib/messages/standard-wordings';

/** Which message is meant. */
export type Which = { kind: WordedKind; channel: Channel };

/** `wording` is null for the standard words. */
export type Version = { version: number; wording: Wording | null; at: Date; by: string | null };

export type Saved =
  | { status: 'saved'; version: number }
  /** These very words are in force. */
  | { status: 'same' }
  | { status: 'refused'; problems: readonly WordingProblem[] }
  /** Somebody else saved since the form was shown; `version` is theirs. */
  | { status: 'changed-meanwhile'; version: number }
  /** There is no such version to go back to. */
  | { status: 'no-version' };

type Row = { version: number; subject: string | null; body: string | null; createdAt: Date; email: string | null };

const versionOf = ({ version, subject, body, createdAt, email }: Row): Version => ({
  version,
  wording: body === null ? null : { subject, body },
  at: createdAt,
  by: email,
});

/** So many versions a page. */
const PAGE = 20;
/** The highest version that the table holds. */
const MOST = 2_147_483_647;

/**
 * The versions of one message, the newest first, with who made them.
 * @param before a version that a query string named, to go on from; null from the newest
 * @returns up to 20, and the version to go on from where there are more
 */
export async function wordingVersions(
  db: Database,
  { kind, channel }: Which,
  before: number | null = null,
): Promise<{ versions: Version[]; older: number | null }> {
  const rows = await db.$queryRaw<Row[]>`
    SELECT w.version, w.subject, w.body, w."createdAt", u.email
    FROM "MessageWording" w LEFT JOIN "User" u ON u.id = w."createdBy"
    WHERE w.kind = ${kind}::"DeliveryKind" AND w.channel = ${channel}::"Channel" AND w.version < ${before ?? MOST}
    ORDER BY w.version DESC LIMIT ${PAGE + 1}`;
  const versions = rows.slice(0, PAGE).map(versionOf);
  return { versions, older: rows.length > PAGE ? (versions.at(-1)?.version ?? null) : null };
}

/** The version in force; version 0 with the standard words where nobody has changed any. */
export async function wordingInForce(db: Database, which: Which): Promise<Version> {
  const { versions } = await wordingVersions(db, which);
  return versions[0] ?? { version: 0, wording: null, at: new Date(0), by: null };
}

/** @returns for each message that was ever edited when that was last, and whether it has words of its own now */
export const editedWordings = (
  db: Database,
): Promise<{ kind: string; channel: Channel; createdAt: Date; own: boolean }[]> => db.$queryRaw`
  SELECT DISTINCT ON (kind, channel) kind::text, channel::text, "createdAt", body IS NOT NULL AS own
  FROM "MessageWording" ORDER BY kind, channel, version DESC`;

/**
 * Adds a version on top of the one that the admin saw, with its audit row, in one statement. Of two who save at once one
 * is told, by the table's key.
 */
async function add(
  { db, clock, caller, adminId }: Acting,
  { kind, channel }: Which,
  seen: number,
  wording: Wording | null,
  from: string,
): Promise<Saved> {
  const type: AuditType = 'wording_changed';
  const now = clock.now();
  const about = Prisma.sql`kind = ${kind}::"DeliveryKind" AND channel = ${channel}::"Channel"`;
  const [row] = await db.$queryRaw<{ version: number }[]>`
    WITH latest AS (
      SELECT COALESCE(max(version), 0) AS version FROM "MessageWording" WHERE ${about}
    ), written AS (
      INSERT INTO "MessageWording" (kind, channel, version, subject, body, "createdAt", "createdBy")
      SELECT ${kind}::"DeliveryKind", ${channel}::"Channel", version + 1, ${wording?.subject ?? null}::text,
        ${wording?.body ?? null}::text, ${now}, ${adminId}::uuid FROM latest WHERE version = ${seen}::int
      ON CONFLICT DO NOTHING RETURNING version
    ), audited AS (
      INSERT INTO "AuditEvent" (at, type, "actorId", source, detail)
      SELECT ${now}, ${type}, ${adminId}::uuid, ${caller.address}, jsonb_build_object('by', 'admin', 'kind', ${kind}::text,
        'channel', ${channel}::text, 'before', version - 1, 'after', version, 'from', ${from}::text) FROM written
    )
    SELECT version FROM written`;
  if (row) return { status: 'saved', version: row.version };
  return { status: 'changed-meanwhile', version: (await wordingInForce(db, { kind, channel })).version };
}

const alike = (a: Wording, b: Wording): boolean => a.subject === b.subject && a.body === b.body;

type Saving = Acting & { service: Service };

/**
 * Puts an admin's words in force, or says what is wrong with them. Every process sends them within five seconds.
 * @param seen the version that the form was filled with
 */
export async function saveWording(
  { service, ...acting }: Saving,
  which: Which,
  seen: number,
  typed: { subject: string | null; body: string },
  from = 'typed',
): Promise<Saved> {
  const checked = checkWording(which.kind, which.channel, typed, service);
  if (!checked.ok) return { status: 'refused', problems: checked.problems };
  const { version, wording } = await wordingInForce(acting.db, which);
  if (version !== seen) return { status: 'changed-meanwhile', version };
  const standard = standardOf(which.kind, which.channel);
  if (alike(checked.wording, wording ?? standard)) return { status: 'same' };
  // Whoever types the standard words gets what the next release makes of them, too.
  const next = alike(checked.wording, standard) ? null : checked.wording;
  return add(acting, which, seen, next, from);
}

/**
 * Puts the words of an earlier version in force again, as a new one.
 * @param again that version, or 0 for the standard words
 */
export async function restoreWording(
  { service, ...acting }: Saving,
  which: Which,
  seen: number,
  again: number,
): Promise<Saved> {
  const { kind, channel } = which;
  if (again === 0) {
    const { version, wording } = await wordingInForce(acting.db, which);
    if (version === seen && wording === null) return { status: 'same' };
    return add(acting, which, seen, null, 'standard');
  }
  const row = await acting.db.messageWording.findUnique({
    where: { kind_channel_version: { kind, channel, version: again } },
  });
  if (!row) return { status: 'no-version' };
  const { subject, body } = row;
  if (body === null) return restoreWording({ service, ...acting }, which, seen, 0);
  return saveWording({ service, ...acting }, which, seen, { subject, body }, `version ${again}`);
}
