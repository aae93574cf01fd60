/** Every sentence of the second step that answers an admin. Their password was right: nothing is told to strangers. */
export const malformedStep = 'Type the six digits of your app, or one of your recovery codes.';
export const malformedInboxCode = 'A code has digits only. Spaces and hyphens are fine.';
export const wrongStep =
  'That code is not right. A code of the app is good once: if you used it already, wait for the next.';
export const wrongInboxCode = 'That code is not right.';
export const deadCode = 'This code is too old or was tried too often. Send another one below.';
export const deadApp =
  'Your authenticator app no longer fits this server, whose keys were changed. Ask whoever runs it for npm run user -- second-factor-reset.';
export const wrongWord = 'That is not the word, or it was used, or it is older than seven days.';

/** @param until when the next try may come */
export const tooManySteps = (until: Date, now: Date): string => {
  const left = Math.max(1, Math.ceil((until.getTime() - now.getTime()) / 60_000));
  return `Too many wrong codes. Try again in ${left} ${left === 1 ? 'minute' : 'minutes'}.`;
};
