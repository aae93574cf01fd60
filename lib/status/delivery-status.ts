import type { Database } from '@/lib/db/client';
import type { Channel } from '@/lib/otp/challenge';

/** `sent` is where email ends: its server has accepted it, and SMTP has no receipt. */
export type StepState = 'queued' | 'sending' | 'sent' | 'delivered' | 'failed';

/** Why something did not go: the recipient, our account, or something that passes (DEL-7). Null: it was not tried. */
export type Trouble = 'recipient' | 'account' | 'passing' | null;

/** One delivery of the newest send. A later one carries the same code by the other channel. */
export type DeliveryStep = {
  channel: Channel;
  state: StepState;
  /** Waiting for its next try. */
  again: boolean;
  trouble: Trouble;
  /** ms from the request, null where it has not come to that. */
  sentMs: number | null;
  deliveredMs: number | null;
};

type Row = {
  id: string;
  channel: Channel;
  status: StepState | 'abandoned';
  errorCode: string | null;
  errorClass: Trouble;
  failoverOf: string | null;
  queuedAt: Date;
  sentAt: Date | null;
  deliveredAt: Date | null;
};

/**
 * The truth about a challenge's newest send, for a device that its account knows, and for nobody else (ENU-5, DEL-7).
 * One statement for everybody: whether the challenge is a decoy, is closed, or belongs to somebody else shows in
 * nothing but null.
 * @param deviceIds what the sealed device cookie says; the rows decide
 * @returns the steps in their order, at least one; null for a stranger's browser
 */
export async function ownDelivery(
  db: Database,
  { challengeId, deviceIds }: { challengeId: string; deviceIds: readonly string[] },
): Promise<readonly DeliveryStep[] | null> {
  if (deviceIds.length === 0) return null;
  const rows = await db.$queryRaw<Row[]>`
    SELECT d.id, d.channel::text, d.status::text, d."errorCode", d."errorClass"::text, d."failoverOf", d."queuedAt",
      d."sentAt", d."deliveredAt"
    FROM "Challenge" c
    JOIN "Delivery" d ON d."challengeId" = c.id AND d."userId" = c."userId" AND d.kind = 'code'
    WHERE c.id = ${challengeId} AND c."closedAt" IS NULL AND EXISTS (
      SELECT FROM "Device" v WHERE v.id = ANY(${[...deviceIds]}::uuid[]) AND v."userId" = c."userId")
    ORDER BY d."queuedAt", d.id`;
  const first = rows.findLast((row) => row.failoverOf === null);
  if (!first) return null;
  const steps: DeliveryStep[] = [];
  for (let row: Row | undefined = first; row; row = after(rows, row)) steps.push(stepOf(row, first.queuedAt));
  return steps;
}

const after = (rows: readonly Row[], before: Row): Row | undefined => rows.find((row) => row.failoverOf === before.id);

/** The app's clock on several machines: a step never comes before the request. */
const msSince = (start: Date, then: Date | null): number | null =>
  then && Math.max(0, then.getTime() - start.getTime());

const stepOf = (row: Row, asked: Date): DeliveryStep => ({
  channel: row.channel,
  state: row.status === 'abandoned' ? 'failed' : row.status,
  again: row.status === 'queued' && row.errorCode !== null,
  trouble: row.errorClass,
  sentMs: msSince(asked, row.sentAt),
  deliveredMs: msSince(asked, row.deliveredAt),
});
