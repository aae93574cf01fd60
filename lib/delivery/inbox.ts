import 'server-only';
import { randomUUID } from 'node:crypto';
import type { Database } from '@/lib/db/client';
import type { Channel, OutgoingMessage, SendOutcome, Transport } from './port';

/** How many messages the inbox keeps, newest first. */
const inboxSize = 200;

/**
 * Puts messages in a table that /dev/inbox shows. It exists only where no real provider is
 * configured: the table holds codes in clear.
 */
export function createInboxTransport(channel: Channel, db: Database): Transport {
  async function send(message: OutgoingMessage): Promise<SendOutcome> {
    if (message.channel !== channel) throw new Error(`The inbox for ${channel} got a message for ${message.channel}.`);
    const id = randomUUID();
    const mail = message.channel === 'email' ? { subject: message.subject, html: message.html } : {};
    await db.inboxMessage.create({ data: { id, channel, to: message.to, text: message.text, ...mail } });
    await db.$executeRaw`
      DELETE FROM "InboxMessage" WHERE id NOT IN (
        SELECT id FROM "InboxMessage" ORDER BY at DESC, id DESC LIMIT ${inboxSize}
      )`;
    return { status: 'sent', provider: 'inbox', messageId: id, answer: 'shown at /dev/inbox' };
  }
  const pace = { parallel: 20, perSecond: 1_000, burst: 1_000 };
  return { name: `inbox-${channel}`, channel, pace, send, close: async () => undefined };
}
