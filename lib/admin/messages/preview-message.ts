import type { Channel } from '@/lib/delivery/port';
import { gsmLength, smsSegments } from '@/lib/messages/gsm7';
import { render } from '@/lib/messages/render';
import { longestText, smsKinds } from '@/lib/messages/sms';
import type { Wording } from '@/lib/messages/standard-wordings';
import { type MessageKind, sampleContent } from './sample-content';

/** A message as people would get it, about nobody and with a code that was never issued. */
export type MessagePreview =
  | { channel: 'email'; subject: string; text: string; html: string }
  | {
      channel: 'sms';
      text: string;
      /** GSM-7 characters, or UTF-16 units where the text does not fit that alphabet. */
      characters: number;
      segments: number;
      alphabet: 'GSM-7' | 'UCS-2';
      /** Characters with the longest code, 20 digits (GEN-2). */
      longest: number;
    };

type About = { appName: string; origin: URL; at: Date };

/** @param wording null for the standard words; what is not checked yet must not come here */
export async function previewMessage(
  kind: MessageKind,
  channel: Channel,
  wording: Wording | null,
  about: About,
): Promise<MessagePreview> {
  const message = await render(sampleContent(kind, about), channel, 'somebody@example.com', wording);
  const { text } = message;
  if (message.channel === 'email') return { channel: 'email', subject: message.subject, text, html: message.html };
  const septets = gsmLength(text);
  const sms = smsKinds.find((one) => one === kind);
  const longest = sms ? longestText(sms, about.appName, about.origin.hostname, wording) : text;
  return {
    channel: 'sms',
    text,
    characters: septets ?? text.length,
    segments: smsSegments(text),
    alphabet: septets === null ? 'UCS-2' : 'GSM-7',
    longest: gsmLength(longest) ?? longest.length,
  };
}

/** By which channels a message goes at all. */
export const channelsOf = (kind: MessageKind): readonly Channel[] =>
  smsKinds.some((one) => one === kind) ? ['email', 'sms'] : ['email'];
