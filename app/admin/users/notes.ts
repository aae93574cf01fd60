/** What an act on a person came to, by the word that the page's address carries. */
export const personNotes = {
  invited: ['good', 'A mail is on its way, with the way to a new password.'],
  'sent-already': ['info', 'Such a mail was sent less than ten minutes ago; nothing was sent now.'],
  'out-of-reach': ['bad', 'This person has no verified email address, or is disabled: nothing was sent.'],
  'too-many': ['bad', 'You have sent as many messages by hand as an hour allows. Wait a while; nothing was sent now.'],
  cleared: ['good', 'What was counted against this person is forgotten.'],
  'signed-out': ['good', 'This person is signed out everywhere.'],
  disabled: ['good', 'This person is disabled, and signed out everywhere.'],
  enabled: ['good', 'This person can sign in again.'],
  promoted: [
    'good',
    'This person is an administrator now. The word that sets up their authenticator app is made by npm run user -- second-factor-reset.',
  ],
  demoted: ['good', 'This person is no administrator any more.'],
  'changed-meanwhile': ['bad', 'Somebody else changed this a moment ago. Look at it as it is now.'],
  'last-admin': ['bad', 'Nobody else could sign in as an administrator then, so nothing was changed.'],
  nobody: ['bad', 'This person is gone.'],
} as const satisfies Record<string, readonly ['good' | 'bad' | 'info', string]>;

export type PersonNote = keyof typeof personNotes;

/** @param word anything a query string brought */
export const personNote = (word: unknown): (typeof personNotes)[PersonNote] | null =>
  typeof word === 'string' && Object.hasOwn(personNotes, word) ? personNotes[word as PersonNote] : null;
