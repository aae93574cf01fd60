import { container } from '@/lib/container';
import { configuredTransports, env } from '@/lib/env/env';

/** A message as GET /dev/inbox/messages shows it. `at` is ISO 8601, UTC. */
export type InboxMessage = {
  id: string;
  channel: 'email' | 'sms';
  to: string;
  subject?: string;
  text: string;
  html?: string;
  at: string;
};

/** The inbox exists only where messages have nowhere else to go (CFG-1). */
export function inboxExists(): boolean {
  return Object.values(configuredTransports(env())).includes('inbox');
}

/** @returns what the inbox holds, newest first */
export async function readInbox(): Promise<InboxMessage[]> {
  const rows = await container().db.inboxMessage.findMany({
    orderBy: [{ at: 'desc' }, { id: 'desc' }],
    take: 200,
  });
  return rows.map(({ id, channel, to, subject, text, html, at }) => ({
    id,
    channel,
    to,
    text,
    at: at.toISOString(),
    ...(subject === null ? {} : { subject }),
    ...(html === null ? {} : { html }),
  }));
}

/** An address or number as it is compared: a plus sign that a URL turned into a space is no difference. */
const comparable = (to: string): string => to.normalize('NFC').trim().toLowerCase().replace(/^\+/, '');

/** @param to an email address or a number, in any case */
export function sentTo(messages: readonly InboxMessage[], to: string): InboxMessage[] {
  const wanted = comparable(to);
  return messages.filter((message) => comparable(message.to) === wanted);
}
