import type { Database } from '@/lib/db/client';
import type { Channel, Transport, Transports } from '@/lib/delivery/port';

/** A transport as the claim sees it: how many messages this process could take for it now, and its pace. */
export type Lane = {
  transport: Transport['name'];
  channel: Channel;
  /** 0 is the first choice of its channel. */
  place: number;
  free: number;
  perSecond: number;
  burst: number;
};

export const transportsOf = (transports: Transports): readonly Transport[] =>
  [transports.email ?? [], transports.sms ?? []].flat();

/** @param inHand messages that this process has under way, by transport */
export const lanesOf = (transports: Transports, inHand: (name: string) => number): Lane[] =>
  (['email', 'sms'] as const).flatMap((channel) =>
    (transports[channel] ?? []).map(({ name, pace }, place) => ({
      transport: name,
      channel,
      place,
      free: Math.max(0, pace.parallel - inHand(name)),
      perSecond: pace.perSecond,
      burst: pace.burst,
    })),
  );

/** Makes the rows that hold circuits and paces, once a process. */
export async function ensureTransports(db: Database, transports: Transports): Promise<void> {
  const data = transportsOf(transports).map(({ name }) => ({ name }));
  await db.transport.createMany({ data, skipDuplicates: true });
}
