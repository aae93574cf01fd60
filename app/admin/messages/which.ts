import { channelsOf } from '@/lib/admin/messages/preview-message';
import { type MessageKind, messageKinds } from '@/lib/admin/messages/sample-content';
import type { Which } from '@/lib/admin/messages/wordings';
import type { Channel, Transports } from '@/lib/delivery/port';
import { single } from '@/lib/form-state';
import { editableOf, isWordedKind } from '@/lib/messages/standard-wordings';

export const messagesPage = '/admin/messages';

export const isMessageKind = (kind: string): kind is MessageKind => messageKinds.some((one) => one === kind);

const channelIn = (word: unknown): Channel | null => (word === 'email' || word === 'sms' ? word : null);

/** @param word anything a query string brought @returns a channel by which this message goes */
export function channelFor(kind: MessageKind, word: unknown): Channel {
  const asked = channelIn(word);
  return asked && channelsOf(kind).includes(asked) ? asked : 'email';
}

/** @returns the message that a form is about; null where there is none or its words are fixed */
export function whichIn(form: FormData): Which | null {
  const kind = single(form, 'kind') ?? '';
  const channel = channelIn(single(form, 'channel'));
  return channel && isWordedKind(kind) && editableOf(kind, channel) ? { kind, channel } : null;
}

/** @param word anything a form or a query string brought @returns a version's number, 0 for the standard words */
export const versionIn = (word: unknown): number | null =>
  typeof word === 'string' && /^\d{1,9}$/.test(word) ? Number(word) : null;

/** The page of one message by one channel. */
export const pageOf = ({ kind, channel }: { kind: MessageKind; channel: Channel }): string =>
  `${messagesPage}/${kind}?channel=${channel}`;

/** The messages that this server sends: the code of the second step goes to the local inbox or nowhere. */
export const sentKinds = (transports: Transports): readonly MessageKind[] =>
  messageKinds.filter((kind) => kind !== 'second_step' || transports.email?.[0]?.name === 'inbox-email');
