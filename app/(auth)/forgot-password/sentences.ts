import type { Channel } from '@/lib/otp/challenge';
import type { IdentifierProblem } from '@/lib/users/identifiers';
import { MAX_PASSWORD_LENGTH, type PasswordProblem } from '@/lib/users/password-policy';

/** Every sentence of the flow that answers a person, in one place. None depends on who has an account (ENU-1). */
export const emailSentence: Record<IdentifierProblem, string> = {
  empty: 'Type the email address you sign in with.',
  'too-long': 'That is longer than an email address can be.',
  malformed: 'That does not look like an email address. It should be like ana@example.com.',
};

export const codeSentence = {
  empty: 'Type the code from the message.',
  malformed: 'A code has digits only. Spaces and hyphens are fine.',
} as const;

export const wrongCode = (left: number): string => {
  if (left <= 0) return 'That code is not right, and there are no tries left. Start again to get a new one.';
  return `That code is not right. You have ${left} ${left === 1 ? 'try' : 'tries'} left.`;
};

export const noTriesLeft = 'There are no tries left for this code. Start again to get a new one.';
export const codeExpired = 'This code has expired. Send a new one below.';
export const otherTab = 'You started again in another tab. This page now follows that one; nothing was spent.';
export const noSendsLeft = 'This code was sent five times, which is the most. Start again in a few minutes.';
export const chooseChannel = 'Choose how the code should reach you.';

const channelName: Record<Channel, string> = { email: 'email', sms: 'text message' };

export const resent = (channel: Channel): string =>
  `If there is an account, the code is on its way again by ${channelName[channel]}.`;

/** @param ms until the channel may be asked again */
export const waitToResend = (ms: number): string => {
  const left = Math.max(1, Math.ceil(ms / 1000));
  return `Wait ${left} more ${left === 1 ? 'second' : 'seconds'} before the code is sent again.`;
};

/** @param until when the next one may come @returns such as "12 minutes" */
const span = (until: Date, now: Date): string => {
  const left = Math.max(1, Math.ceil((until.getTime() - now.getTime()) / 60_000));
  if (left < 60) return `${left} ${left === 1 ? 'minute' : 'minutes'}`;
  const hours = Math.ceil(left / 60);
  return `${hours} ${hours === 1 ? 'hour' : 'hours'}`;
};

// About the client's own network, whoever it asked for, so they may be told (ENU-6).
export const tooManySends = (until: Date, now: Date): string =>
  `Too many codes were asked for from your network. Try again in ${span(until, now)}, or from another network.`;
export const tooManyGuesses = (until: Date, now: Date): string =>
  `Too many wrong codes came from your network. Try again in ${span(until, now)}, or from another network.`;
export const tooManySignIns = (until: Date, now: Date): string =>
  `Too many sign-ins from your network did not fit. Try again in ${span(until, now)}, or from another network.`;
/** The same for everybody: it is about what all strangers together, or this network, got wrong (ENU-1, ENU-6). */
export const browserCheck = (seconds: number): string =>
  `Much is asked for or goes wrong at this moment, so each browser is checked first. Wait ${seconds} ${seconds === 1 ? 'second' : 'seconds'}, then try again.`;
export const signInBusy = 'Many people are signing in at this moment. Try again in a few seconds.';
export const setPasswordBusy =
  'Too many passwords are being set at this moment. Yours was not changed. Try again in a few seconds.';

/** It says nothing of lengths, and the same to everybody: it depends on what all strangers together typed (VER-3). */
export const codeTooShort = 'For your safety this code can no longer be used. Send a new one below.';

/** @param minLength code points */
export const passwordSentence = (problem: PasswordProblem, minLength: number): string => {
  switch (problem) {
    case 'empty':
      return 'Type a new password.';
    case 'too-short':
      return `Use at least ${minLength} characters.`;
    case 'too-long':
      return `Use at most ${MAX_PASSWORD_LENGTH} characters.`;
    case 'common':
      return 'That is one of the most common passwords. Choose another.';
    case 'service-name':
      return 'That is the name of this service. Choose another.';
    case 'own-identifier':
      return 'That is your own email address or number. Choose another.';
    case 'breached':
      return 'That password was stolen from another site and is in lists that attackers use. Choose another.';
  }
};

export const differs = 'The two passwords are not the same.';

/** Where a browser sends no cookie back (UX-3). */
export const cookiesNeeded =
  'This site needs cookies, and your browser does not send any back. Allow cookies for this site, then try again.';
