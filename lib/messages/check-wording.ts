import type { Channel } from '@/lib/delivery/port';
import { gsmLength } from './gsm7';
import { longestSms, longestText, smsKinds } from './sms';
import { editableOf, fill, type Placeholder, type WordedKind, type Wording } from './standard-wordings';
import { hiddenCharacter, linkIn, numberIn } from './suspicious-text';
import { testMark } from './test-message';

export type WordingField = 'subject' | 'body';

/** Why words cannot be sent as they are. `found` is the piece of the text that is meant. */
export type WordingProblem =
  | { type: 'empty'; field: WordingField }
  /** In code points. */
  | { type: 'too-long'; field: WordingField; most: number }
  | { type: 'several-lines'; field: WordingField }
  | { type: 'missing-placeholder'; field: WordingField; placeholder: Placeholder }
  | { type: 'unknown-placeholder'; field: WordingField; found: string }
  /** It stands once, in a paragraph of its own. */
  | { type: 'not-alone'; field: WordingField; placeholder: Placeholder }
  /** A letter or digit touches it: a code would be read wrong. */
  | { type: 'glued'; field: WordingField; found: string }
  | { type: 'markup'; field: WordingField; found: string }
  /** `found` is its name, such as U+202E. */
  | { type: 'hidden-character'; field: WordingField; found: string }
  /** Mail programs and phones make a link of it. */
  | { type: 'link'; field: WordingField; found: string }
  /** It could be taken for a code or a telephone number. */
  | { type: 'number'; field: WordingField; found: string }
  | { type: 'not-in-sms'; field: WordingField; found: string }
  /** With the longest code, this service's name and its host (DEL-5), in GSM-7 characters. */
  | { type: 'sms-too-long'; field: WordingField; length: number; most: number };

export type WordingChecked = { ok: true; wording: Wording } | { ok: false; problems: readonly WordingProblem[] };

/** Code points. */
const longest = { subject: 100, body: 2_000, sms: 300 } as const;
/** UTF-16 units: what is longer is not looked at, since the patterns below take their time on endless words. */
const absurd = 10_000;

/**
 * What somebody typed, with the differences that nobody sees taken out: one kind of line end and of space, no space at
 * ends of lines, one empty line between paragraphs, composed letters.
 */
export const tidy = (typed: string): string =>
  typed
    .replace(/\r\n?/g, '\n')
    .replace(/[\p{Zs}\t]/gu, ' ')
    .replace(/ +$/gm, '')
    .replace(/\n{3,}/g, '\n\n')
    .trim()
    .normalize('NFC');

const known: readonly Placeholder[] = ['app', 'code', 'minutes', 'when', 'link'];
const isKnown = (name: string): name is Placeholder => known.some((one) => one === name);
const holes = (text: string): string[] => text.match(/\{[^{}]*\}|[{}]/g) ?? [];

/** What concerns each piece of text alone. @param allowed the placeholders that may stand in it */
function* problemsOf(field: WordingField, text: string, most: number, allowed: readonly Placeholder[]) {
  if (text === '') yield { type: 'empty', field } as const;
  if ([...text].length > most) {
    yield { type: 'too-long', field, most } as const;
    return;
  }
  const hidden = hiddenCharacter(text);
  if (hidden) yield { type: 'hidden-character', field, found: hidden } as const;
  const [markup] = text.match(/[<>]/) ?? [];
  if (markup) yield { type: 'markup', field, found: markup } as const;
  for (const found of new Set(holes(text))) {
    const name = found.slice(1, -1);
    if (!isKnown(name) || !allowed.includes(name)) yield { type: 'unknown-placeholder', field, found } as const;
  }
  const [glued] = text.match(/[\p{L}\p{N}]\{\w+\}|\{\w+\}[\p{L}\p{N}{]/u) ?? [];
  if (glued) yield { type: 'glued', field, found: glued } as const;
  // As it stands when it is filled in: a placeholder may be half of a link, and names are words.
  const whole = fill(text, { app: 'Name', code: 'code', minutes: 'ten minutes', when: 'today', link: 'link' });
  const link = linkIn(whole);
  if (link) yield { type: 'link', field, found: link } as const;
  const number = numberIn(whole);
  if (number) yield { type: 'number', field, found: number } as const;
}

function* problemsOfSms(kind: WordedKind, body: string, { appName, host }: Service) {
  const field = 'body';
  const text = smsKinds.find((one) => one === kind);
  if (!text) return;
  const outside = [...new Set(body)].filter((character) => gsmLength(character) === null).join('');
  if (outside) yield { type: 'not-in-sms', field, found: outside } as const;
  const length = gsmLength(longestText(text, appName, host, { subject: null, body }));
  // A test has a short code in the place of the longest; where there is none, its mark needs room.
  const most = text === 'code' ? longestSms : longestSms - testMark.length;
  if (length !== null && length > most) yield { type: 'sms-too-long', field, length, most } as const;
  if (length === null && !outside) yield { type: 'not-in-sms', field, found: appName } as const;
}

/** What a text names: with another name or host it may be too long. @param host a hostname without a port */
export type Service = { appName: string; host: string };

/**
 * Whether these words may go to people: plain text, nothing in it that is markup or that a mail program or a phone makes a
 * link of, nothing invisible, the placeholders that its kind needs (DEL-3, DEL-4, DEL-5, WEB-5).
 * @param typed what a form or a row brought; the subject of an SMS is left out of account
 * @returns the words tidied, or every problem
 */
export function checkWording(
  kind: WordedKind,
  channel: Channel,
  typed: { subject: string | null; body: string },
  service: Service,
): WordingChecked {
  const editable = editableOf(kind, channel);
  if (!editable) return { ok: false, problems: [{ type: 'empty', field: 'body' }] };
  for (const field of ['subject', 'body'] as const)
    if ((typed[field] ?? '').length > absurd)
      return { ok: false, problems: [{ type: 'too-long', field, most: longest[field] }] };
  const { standard, required, alone } = editable;
  const subject = channel === 'email' ? tidy(typed.subject ?? '') : null;
  const body = tidy(typed.body);
  const also = holes(standard.subject + standard.body).map((hole) => hole.slice(1, -1));
  const allowed = known.filter((name) => required.includes(name) || also.includes(name));
  const problems: WordingProblem[] = [];
  if (subject !== null) {
    const inSubject = allowed.filter((name) => name !== 'link');
    problems.push(...problemsOf('subject', subject, longest.subject, inSubject));
    if (subject.includes('\n')) problems.push({ type: 'several-lines', field: 'subject' });
  } else if (body.includes('\n')) problems.push({ type: 'several-lines', field: 'body' });
  problems.push(...problemsOf('body', body, channel === 'sms' ? longest.sms : longest.body, allowed));
  for (const placeholder of required)
    if (!body.includes(`{${placeholder}}`)) problems.push({ type: 'missing-placeholder', field: 'body', placeholder });
  if (alone && body.includes(`{${alone}}`)) {
    const hole = `{${alone}}`;
    const once = body.split(hole).length === 2 && body.split('\n\n').includes(hole);
    if (!once) problems.push({ type: 'not-alone', field: 'body', placeholder: alone });
  }
  if (channel === 'sms') problems.push(...problemsOfSms(kind, body, service));
  return problems.length === 0 ? { ok: true, wording: { subject, body } } : { ok: false, problems };
}
