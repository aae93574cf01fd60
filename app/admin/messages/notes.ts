/** What an act on a message came to, by the word that the page's address carries. */
const notes = {
  saved: ['good', 'Saved. Within five seconds every message leaves in these words.'],
  same: ['info', 'These words are in force already; nothing was changed.'],
  refused: ['bad', 'These words do not fit any more, under the present name and address. Put them right below.'],
  'changed-meanwhile': ['bad', 'Somebody else changed this a moment ago. Look at it as it is now.'],
  'no-version': ['bad', 'There is no such version.'],
} as const satisfies Record<string, readonly ['good' | 'bad' | 'info', string]>;

export type MessageNote = keyof typeof notes;

/** @param word anything a query string brought */
export const messageNote = (word: unknown): (typeof notes)[MessageNote] | null =>
  typeof word === 'string' && Object.hasOwn(notes, word) ? notes[word as MessageNote] : null;
