import { minutes, plus, seconds } from '@/lib/clock';
import type { Database } from '@/lib/db/client';
import type { Channel } from '@/lib/delivery/port';
import type { Keyring } from '@/lib/keys/keyring';

/** How a channel is doing, as anybody may know it. `unknown` where too few people used it to say. */
export type ChannelState = 'at-once' | 'slow' | 'unknown';
export type Health = Readonly<Record<Channel, ChannelState>>;

/** So many different people at least stand behind a word: no one can be singled out. */
export const MIN_IDENTIFIERS = 20;
/**
 * And up to so many more, by a figure of the window that nobody outside knows: who owned 19 accounts could otherwise
 * ask for those and one more, and read from the word whether that one exists.
 */
export const MORE_IDENTIFIERS = 20;

/** How many people a word about this window needs. @returns MIN_IDENTIFIERS to MIN_IDENTIFIERS + MORE_IDENTIFIERS */
export function peopleNeeded(keyring: Keyring, channel: Channel, until: Date): number {
  const figure = keyring.pepperedHash('health', `${channel} ${until.getTime()}`);
  return MIN_IDENTIFIERS + (Number.parseInt(figure.slice(0, 8), 16) % (MORE_IDENTIFIERS + 1));
}

/** From the request to the provider's acceptance; longer is late, and so is failing or not having left. */
const LATE_AFTER_MS = seconds(10);
/** A channel is slow where more than this share of its people waited longer: the 90th percentile, by people. */
const SLOW_SHARE = 0.1;
/**
 * The latest window of the first length is asked, then of the second. Each lies on a grid of its own length, so that
 * two windows of one length share nobody and their difference tells nothing.
 */
const WINDOWS_MS = [minutes(5), minutes(15)] as const;

export const nothingKnown: Health = { email: 'unknown', sms: 'unknown' };

/** A window is closed once the last one in it has had its time to leave. */
function closedWindow(length: number, now: Date): { since: Date; until: Date } {
  const settled = now.getTime() - LATE_AFTER_MS;
  const until = new Date(settled - (settled % length));
  return { since: plus(until, -length), until };
}

type Row = { channel: Channel; span: number; identifiers: number; late: number };

/**
 * How each channel is doing, in one statement. Real codes only: a decoy never meets a provider. Each identifier counts
 * once, by its worst delivery, so that nobody moves the word by asking often. A recipient who cannot be reached, or a
 * code that was used or closed before it left, says nothing about the channel. Where it fails, it throws.
 */
export async function channelHealth(db: Database, keyring: Keyring, now: Date): Promise<Health> {
  const [short, long] = WINDOWS_MS.map((length) => closedWindow(length, now)) as [
    ReturnType<typeof closedWindow>,
    ReturnType<typeof closedWindow>,
  ];
  const rows = await db.$queryRaw<Row[]>`
    SELECT channel::text, span, count(*)::int AS identifiers, count(*) FILTER (WHERE late)::int AS late
    FROM (
      SELECT d.channel, w.span, c."identifierHash",
        bool_or(d.status IN ('failed', 'abandoned') OR d."sentAt" IS NULL
          OR d."sentAt" - d."queuedAt" > ${LATE_AFTER_MS} * interval '1 millisecond') AS late
      FROM (VALUES (0, ${short.since}::timestamptz, ${short.until}::timestamptz),
        (1, ${long.since}::timestamptz, ${long.until}::timestamptz)) AS w(span, since, until)
      JOIN "Delivery" d ON d."queuedAt" >= w.since AND d."queuedAt" < w.until
      JOIN "Challenge" c ON c.id = d."challengeId"
      WHERE d.kind = 'code' AND d."userId" IS NOT NULL AND d."errorClass" IS DISTINCT FROM 'recipient'
        AND (d.status <> 'abandoned' OR d."errorCode" = 'expired')
      GROUP BY d.channel, w.span, c."identifierHash"
    ) person GROUP BY channel, span ORDER BY span`;
  const stateOf = (channel: Channel): ChannelState => {
    const needed = ({ span }: Row) => peopleNeeded(keyring, channel, (span === 0 ? short : long).until);
    const enough = rows.find((row) => row.channel === channel && row.identifiers >= needed(row));
    if (!enough) return 'unknown';
    return enough.late > enough.identifiers * SLOW_SHARE ? 'slow' : 'at-once';
  };
  return { email: stateOf('email'), sms: stateOf('sms') };
}
