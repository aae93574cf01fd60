import type { Channel } from '@/lib/delivery/port';

/** The messages whose words an admin may change; those to admins stay as they are. */
export const wordedKinds = ['code', 'password_changed', 'guessing', 'reset_invited', 'second_step'] as const;
export type WordedKind = (typeof wordedKinds)[number];

/** What is filled in: `{minutes}` is “10 minutes”, `{link}` a button, `{code}` in a mail a line of its own. */
export type Placeholder = 'app' | 'code' | 'minutes' | 'when' | 'link';

/** Plain text with placeholders in braces; paragraphs have an empty line between them. An SMS has no subject. */
export type Wording = { subject: string | null; body: string };

/** One editable message: its standard words, what must stand in the body, and what may. */
export type Editable = {
  standard: Wording;
  required: readonly Placeholder[];
  /** Stands once, in a paragraph of its own, and is drawn as a block. */
  alone: Placeholder | null;
};

const editable = (standard: Wording, required: readonly Placeholder[], alone: Placeholder | null = null): Editable => ({
  standard,
  required,
  alone,
});

/**
 * What may be worded, by kind and channel. A message names the service, how long it is good for and what to do if it was
 * not you (DEL-4): the first two are required here, the third is always added (closings.ts, sms.ts).
 */
const table: Readonly<Record<WordedKind, Partial<Record<Channel, Editable>>>> = {
  code: {
    email: editable(
      {
        subject: '{code} is your {app} code',
        body: 'Here is the code to set a new password at {app}:\n\n{code}\n\nIt works once, for {minutes}.',
      },
      ['app', 'code', 'minutes'],
      'code',
    ),
    sms: editable({ subject: null, body: '{code} is your {app} code for {minutes}.' }, ['app', 'code', 'minutes']),
  },
  password_changed: {
    email: editable(
      {
        subject: 'Your {app} password was changed',
        body: 'The password of your {app} account was changed on {when}. You were signed out on every device.',
      },
      ['app', 'when'],
    ),
    sms: editable({ subject: null, body: 'Your {app} password was changed at {when}.' }, ['app', 'when']),
  },
  guessing: {
    email: editable(
      {
        subject: 'Somebody is guessing at {app} codes',
        body: 'Somebody is guessing at the codes that let you back into your {app} account.\n\nUntil {when} a hundred codes in a row were wrong. Nobody got in. New codes for this account have 20 digits from now on, which nobody guesses; the next right one makes them short again.',
      },
      ['app', 'when'],
    ),
    sms: editable(
      {
        subject: null,
        body: 'Somebody is guessing at your {app} codes. Nobody got in, and new codes have 20 digits.',
      },
      ['app'],
    ),
  },
  reset_invited: {
    email: editable(
      {
        subject: 'Set a new {app} password',
        body: 'Somebody who runs {app} asks you to set a new password.\n\n{link}\n\nThere you type your email address and then the code that you will get.',
      },
      ['app', 'link'],
      'link',
    ),
  },
  second_step: {
    email: editable(
      {
        subject: '{code} is your {app} second step',
        body: 'Here is the code for the second step of your sign-in at {app}:\n\n{code}\n\nIt works once, for {minutes}.',
      },
      ['app', 'code', 'minutes'],
      'code',
    ),
  },
};

export const isWordedKind = (kind: string): kind is WordedKind => wordedKinds.some((one) => one === kind);

/** @returns null where this kind never goes by that channel, or its words are not to be changed */
export const editableOf = (kind: string, channel: Channel): Editable | null =>
  isWordedKind(kind) ? (table[kind][channel] ?? null) : null;

/** @throws where there is no such message */
export function standardOf(kind: WordedKind, channel: Channel): Wording {
  const found = table[kind][channel];
  if (!found) throw new Error(`No ${kind} goes by ${channel}.`);
  return found.standard;
}

/** Puts values in the place of placeholders, in one pass: a value that has braces of its own stays as it is. */
export const fill = (text: string, values: Partial<Readonly<Record<Placeholder, string>>>): string =>
  text.replace(/\{(app|code|minutes|when|link)\}/g, (whole, name: Placeholder) => values[name] ?? whole);
