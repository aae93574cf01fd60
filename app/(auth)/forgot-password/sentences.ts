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
