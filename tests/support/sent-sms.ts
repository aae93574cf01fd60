import { randomUUID } from 'node:crypto';
import type { Database } from '@/lib/db/client';
import { type ReceiptOutcome, recordReceipt } from '@/lib/dispatch/receipts';
import { requestCode } from '@/lib/reset/request-code';
import { start } from '@/lib/reset/start';
import { messageSid } from './twilio-simulator';
import { uncounted, type World, worldOn } from './world';

/** An SMS with a code that was handed to Twilio, and what Twilio says about it. */
export type SentSms = {
  world: World;
  id: string;
  row(): ReturnType<typeof deliveryOf>;
  failovers(): ReturnType<typeof failoversOf>;
  receipt(status: Said['status'], over?: Partial<Said>): Promise<ReceiptOutcome>;
};

type Said = Parameters<typeof recordReceipt>[1];

const deliveryOf = (db: Database, id: string) => db.delivery.findUniqueOrThrow({ where: { id } });
const failoversOf = (db: Database, id: string) => db.delivery.findMany({ where: { failoverOf: id } });

type Row = { status: 'queued' | 'sending' | 'sent' | 'abandoned'; providerMessageId: string | null; claims: number };

/** @param row how far our own side has come; Twilio has taken it as message 1, unless said otherwise */
export async function sentSms(
  db: Database,
  row: Partial<Row> = {},
  changes: Partial<World> & { email?: string } = {},
): Promise<SentSms> {
  const { email = 'ana@latchkey.test', ...rest } = changes;
  const world = worldOn(db, rest);
  const begun = start(email, world.clock.now());
  if (begun.status !== 'started') throw new Error('should start');
  const requested = await requestCode(await uncounted(world), begun.flow, 'sms');
  if (requested.status !== 'requested' || !requested.deliveryId) throw new Error('should be queued');
  const id = requested.deliveryId;
  const data = { status: 'sent' as const, providerMessageId: messageSid(1), claims: 1, attempts: 1, ...row };
  await db.delivery.update({ where: { id }, data });
  return sms(world, id);
}

/** Another message for the same code, as a resend makes one. */
export async function another(first: SentSms, row: Partial<Row> = {}): Promise<SentSms> {
  const { kind, channel, challengeId, userId, queuedAt } = await first.row();
  const id = randomUUID();
  const data = { status: 'sent' as const, providerMessageId: messageSid(1), claims: 1, attempts: 1, ...row };
  await first.world.db.delivery.create({ data: { id, kind, channel, challengeId, userId, queuedAt, ...data } });
  return sms(first.world, id);
}

function sms(world: World, id: string): SentSms {
  const { db, clock, offered } = world;
  const said = { deliveryId: id, messageId: messageSid(1), errorCode: null, offered };
  return {
    world,
    id,
    row: () => deliveryOf(db, id),
    failovers: () => failoversOf(db, id),
    receipt: (status, over = {}) => recordReceipt(db, { ...said, now: clock.now(), status, ...over }),
  };
}
