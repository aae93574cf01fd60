import type { ReactNode } from 'react';
import type { WordedKind } from '@/lib/messages/standard-wordings';
import { ActionLink, Line, QuietLink } from './layout';

/** What every mail of a kind ends with, whatever an admin words before it: what to do if it was not you (DEL-4, POST-3). */
export type Closing = {
  /** What a list of mails shows beside the subject. */
  preview: (life: string) => string;
  html: (facts: Facts) => ReactNode;
  text: (facts: Facts) => string;
};

type Facts = { appName: string /** The “this wasn’t me” link. */; notMe: string | null };

const quiet = (text: string): Pick<Closing, 'html' | 'text'> => ({
  html: () => <Line quiet>{text}</Line>,
  text: () => text,
});

const ignoreIt =
  'If you did not ask for it, ignore this message: nothing has changed. Tell nobody the code, us included.';

export const closings: Readonly<Record<WordedKind, Closing>> = {
  code: {
    preview: (life) => `It works once, for ${life}.`,
    html: ({ notMe }) => (
      <>
        <Line quiet>{ignoreIt}</Line>
        {notMe !== null && (
          <Line quiet>
            To be on the safe side, you can also <QuietLink href={notMe}>cancel this code</QuietLink>.
          </Line>
        )}
      </>
    ),
    text: ({ notMe }) =>
      notMe === null ? ignoreIt : `${ignoreIt}\n\nTo be on the safe side, you can also cancel the code here:\n${notMe}`,
  },
  second_step: {
    preview: (life) => `It works once, for ${life}.`,
    ...quiet('If you did not sign in, somebody knows your password: set a new one. Tell nobody the code, us included.'),
  },
  password_changed: {
    preview: () => 'You were signed out on every device.',
    html: ({ appName, notMe }) =>
      notMe === null ? (
        <Line quiet>
          {`If that was you, there is nothing to do. If it was not, go to the sign-in page as you usually do, choose “Forgot password?” to set a new one, and tell whoever runs ${appName}.`}
        </Line>
      ) : (
        <>
          <Line>If that was you, there is nothing to do. If it was not:</Line>
          <ActionLink href={notMe}>This wasn’t me</ActionLink>
          <Line quiet>
            It opens a page where you can stop the new password, so that nobody gets in with it. The link works for 7
            days, once.
          </Line>
        </>
      ),
    text: ({ appName, notMe }) =>
      notMe === null
        ? `If that was you, there is nothing to do. If it was not, go to the sign-in page as you usually do,
choose "Forgot password?" to set a new one, and tell whoever runs ${appName}.`
        : `If that was you, there is nothing to do.

It wasn't you? Open this page to stop the new password, so that nobody gets in with it:
${notMe}

The link works for 7 days, once.`,
  },
  guessing: {
    preview: () => 'Nobody got in, and codes are much longer now.',
    ...quiet('There is nothing to do: your password works as ever. Tell nobody a code, us included.'),
  },
  reset_invited: {
    preview: () => 'You choose it yourself, with a code that we send you.',
    ...quiet('Nobody but you can do it, and nobody will ask you for the code. Your present password works until then.'),
  },
};
