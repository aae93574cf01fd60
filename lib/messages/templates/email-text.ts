// The plain-text halves of the mails to admins, written by hand: what a text-only client or a watch shows.

export const guessingText = (appName: string, when: string, account: string): string =>
  `Somebody is guessing at the codes that let ${account} back into ${appName}.

Until ${when} a hundred codes in a row were wrong. Nobody got in. New codes for this account have
20 digits from now on, which nobody guesses; the next right one makes them short again.

There is nothing that must be done. The owner was told, and can sign in and reset the password as ever.
`;

export const operatorNeededText = (appName: string, when: string, account: string): string =>
  `${account} needs your help to get back into ${appName}.

On ${when} they told us that the new password of their account was not theirs. That password
no longer works, and everyone was signed out. A code could not help: the change was made by every way
that we have to reach them.

Speak to them in a way that you both trust, and make sure that it is them. For the next 24 hours no code
goes to the address or number that was used for the change.
`;

export const secondStepGuessedText = (appName: string, when: string): string =>
  `On ${when} several wrong codes in a row were typed at the second step of your ${appName}
sign-in. Your password had been typed correctly before.

If this was you, there is nothing to do.

If it was not you, the person knows your password. Nobody got in. Open ${appName} yourself, choose
"Forgot password?" and set a new one.
`;
