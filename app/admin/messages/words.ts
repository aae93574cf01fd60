import type { MessageKind } from '@/lib/admin/messages/sample-content';
import type { Channel } from '@/lib/delivery/port';
import type { Placeholder } from '@/lib/messages/standard-wordings';

export const wayNames: Record<Channel, string> = { email: 'Mail', sms: 'SMS' };

/** What each message is called, when it is sent and to whom. */
export const messageWords: Record<MessageKind, { name: string; when: string }> = {
  code: {
    name: 'Code for a new password',
    when: 'Sent to whoever asks for a code, and again where they ask again, or where the other way failed.',
  },
  password_changed: {
    name: 'Notice of a changed password',
    when: 'Sent by every verified way as soon as a password was changed.',
  },
  guessing: {
    name: 'Notice of wrong guesses',
    when: 'Sent to the owner after a hundred wrong codes in a row. Administrators get words of their own.',
  },
  reset_invited: {
    name: 'Request to set a password',
    when: 'Sent by an administrator, from a person’s page.',
  },
  second_step: {
    name: 'Code for the second step',
    when: 'Sent to an administrator who signs in to a demonstration. It goes to the local inbox alone.',
  },
  operator_needed: {
    name: 'Call for an administrator',
    when: 'Sent to every administrator where somebody is locked out and no code can help. Its words are fixed.',
  },
  second_step_guessed: {
    name: 'Notice of wrong second steps',
    when: 'Sent to an administrator after three wrong codes behind their right password. Its words are fixed.',
  },
  alert: {
    name: 'Alert',
    when: 'Sent to every administrator when something is wrong, and when it is over. Its words are fixed.',
  },
};

/** What each placeholder becomes. */
export const placeholderWords: Record<Placeholder, string> = {
  app: 'the name of this service',
  code: 'the code; in a mail on a line of its own',
  minutes: 'how long it lives, such as “10 minutes”',
  when: 'the moment, in UTC',
  link: 'a button to the page for a new password, on a line of its own',
};
