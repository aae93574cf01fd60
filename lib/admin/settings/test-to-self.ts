import { type TooMany, tooManyByHand } from '@/lib/admin/by-hand';
import type { Acting } from '@/lib/admin/people/act-on-person';
import { type AuditType, audit } from '@/lib/audit/audit';
import type { OutgoingMessage, Transport, Transports } from '@/lib/delivery/port';
import { sendTest, type TestOutcome } from '@/lib/delivery/send-test';
import { transportsOf } from '@/lib/dispatch/lanes';
import type { SmsCost } from '@/lib/sms-budget/cost';
import { SmsGate, type Withheld } from '@/lib/sms-budget/gate';

export type Tested =
  | { status: 'tested'; outcome: TestOutcome }
  /** It is an SMS, and none may leave to that number now (RL-6). */
  | { status: 'withheld'; code: Withheld }
  /** The admin has no verified address or number for it. */
  | { status: 'unreachable' }
  /** Nothing of that name is set up. */
  | { status: 'no-transport' }
  | TooMany;

type Deps = Acting & { transports: Transports; smsCost: SmsCost };

/**
 * Sends an admin a message at once, to their own verified address or number and to nobody else's, and waits for the
 * provider's answer. It counts as sent by hand (RL-2), and an SMS pays like any other (RL-6): its price stays booked though
 * the provider should refuse it. It is no delivery: lists, figures and a mail provider's day do not know of it.
 * @param name of the transport that is to take it
 * @param message what to send to that address
 */
export async function testToSelf(
  { transports, smsCost, ...acting }: Deps,
  name: string,
  message: (transport: Transport, to: string) => Promise<OutgoingMessage> | OutgoingMessage,
): Promise<Tested> {
  const { db, clock, caller, adminId } = acting;
  const transport = transportsOf(transports).find((one) => one.name === name);
  if (!transport) return { status: 'no-transport' };
  const to = await ownAddress(acting, transport);
  if (to === null) return { status: 'unreachable' };
  const ready = await message(transport, to);
  const tooMany = await tooManyByHand(db, acting, clock.now());
  if (tooMany) return tooMany;
  const permit = transport.channel === 'sms' ? await new SmsGate(db, smsCost).ask(to) : null;
  const tested: Tested =
    permit?.status === 'withheld' ? permit : { status: 'tested', outcome: await sendTest(transport, ready) };
  const type: AuditType = 'test_sent';
  const detail = { by: 'admin', transport: transport.name, outcome: wordFor(tested) };
  await audit(db, { at: clock.now(), type, actorId: adminId, source: caller.address, detail });
  return tested;
}

const wordFor = (tested: Extract<Tested, { status: 'tested' | 'withheld' }>): string => {
  if (tested.status === 'withheld') return tested.code;
  return tested.outcome.status === 'sent' ? 'sent' : tested.outcome.code;
};

async function ownAddress({ db, adminId }: Acting, { channel }: Transport): Promise<string | null> {
  const admin = await db.user.findUnique({
    where: { id: adminId, disabledAt: null },
    select: { email: true, emailVerifiedAt: true, phone: true, phoneVerifiedAt: true },
  });
  if (!admin) return null;
  if (channel === 'email') return admin.emailVerifiedAt ? admin.email : null;
  return admin.phoneVerifiedAt ? admin.phone : null;
}
