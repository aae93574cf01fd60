/** What an act on this page came to, by the word that the page's address carries. */
const notes = {
  unblocked: ['good', 'That is forgotten. Whoever it was is heard again within five seconds.'],
  'not-blocked': ['info', 'That had nothing left to forget.'],
  set: ['good', 'The limit is set. It holds everywhere from now on.'],
  'changed-meanwhile': ['bad', 'Somebody else changed this limit a moment ago. Look at it as it is now.'],
  'no-number': ['bad', 'Type a whole number within the bounds of that limit. Nothing was changed.'],
  'sms-stopped': ['good', 'No SMS leaves there from now on. Codes go by email.'],
  'sms-started': ['good', 'SMS may leave there again.'],
  'sms-same': ['info', 'That was so already.'],
  unreadable: ['bad', 'That is no network address, no email address and no number with its country.'],
} as const;

/** @param word anything a query string brought */
export const limitsNote = (word: unknown): (typeof notes)[keyof typeof notes] | null =>
  typeof word === 'string' && Object.hasOwn(notes, word) ? notes[word as keyof typeof notes] : null;

export type LimitsNote = keyof typeof notes;
