import { createElement } from 'react';
import { renderHtml } from './render-html';
import { fill, type WordedKind, type Wording } from './standard-wordings';
import { type Values, WordedEmail, wordedText } from './templates/worded-email';

// React Email takes 3 ms a mail; a frame is rendered once a kind and wording and filled in. What is filled in is digits,
// fixed words and base64url behind APP_URL, so there is nothing to escape; names and wordings are in the frame, escaped
// by React. Private-use characters mark the slots: no wording may hold one (wording.ts).
const slot = (name: string): string => `\uE000${name}\uE001`;
const slots = { code: slot('code'), life: slot('life'), when: slot('when'), notMe: slot('notMe') } as const;
const frames = new Map<string, Promise<string>>();
const mostFrames = 50;

function frame(kind: WordedKind, body: string, { appName, digits, link, notMe }: Values): Promise<string> {
  const hole = notMe === null ? null : slots.notMe;
  const key = [kind, digits, hole ?? '', link, appName, body].join('\u0000');
  const known = frames.get(key);
  if (known) return known;
  // The one that was made first goes: what is sent often comes back at once.
  for (const first of frames.keys()) {
    if (frames.size < mostFrames) break;
    frames.delete(first);
  }
  const values = { ...slots, appName, digits, link, notMe: hole };
  const html = renderHtml(createElement(WordedEmail, { kind, body, values }));
  frames.set(key, html);
  html.catch(() => frames.delete(key));
  return html;
}

/** A mail of these words and values, both halves of it. */
export async function renderWorded(
  kind: WordedKind,
  { subject, body }: Wording,
  values: Values,
): Promise<{ subject: string; text: string; html: string }> {
  const { appName, code, life, when, notMe } = values;
  const html = (await frame(kind, body, values))
    .replaceAll(slots.code, code)
    .replaceAll(slots.life, life)
    .replaceAll(slots.when, when)
    .replaceAll(slots.notMe, notMe ?? '');
  return {
    subject: fill(subject ?? '', { app: appName, code, minutes: life, when }),
    text: wordedText(kind, body, values),
    html,
  };
}
