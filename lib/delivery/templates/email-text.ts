/** The plain-text halves, written by hand: what a text-only client or a watch shows. */
export const codeText = (appName: string, code: string, life: string, notMe: string | null): string =>
  `Here is the code to set a new password at ${appName}:

${code}

It works once, for ${life}. If you did not ask for it, ignore this message: nothing has changed.
Tell nobody the code, us included.
${notMe === null ? '' : `\nTo be on the safe side, you can also cancel the code here:\n${notMe}\n`}`;

export const passwordChangedText = (appName: string, when: string, notMe: string | null): string =>
  `The password of your ${appName} account was changed on ${when}. You were signed out on every device.

${
  notMe === null
    ? `If that was you, there is nothing to do. If it was not, go to the sign-in page as you usually do,
choose "Forgot password?" to set a new one, and tell whoever runs ${appName}.
`
    : `If that was you, there is nothing to do.

It wasn't you? Open this page to stop the new password, so that nobody gets in with it:
${notMe}

The link works for 7 days, once.
`
}`;

export const guessingText = (appName: string, when: string, account: string | null): string =>
  `Somebody is guessing at the codes that let ${account ?? 'you'} back into ${account === null ? `your ${appName} account` : appName}.

Until ${when} a hundred codes in a row were wrong. Nobody got in. New codes for this account have
20 digits from now on, which nobody guesses; the next right one makes them short again.

${
  account === null
    ? 'There is nothing to do: your password works as ever. Tell nobody a code, us included.'
    : 'There is nothing that must be done. The owner was told, and can sign in and reset the password as ever.'
}
`;

export const operatorNeededText = (appName: string, when: string, account: string): string =>
  `${account} needs your help to get back into ${appName}.

On ${when} they told us that the new password of their account was not theirs. That password
no longer works, and everyone was signed out. A code could not help: the change was made by every way
that we have to reach them.

Speak to them in a way that you both trust, and make sure that it is them. For the next 24 hours no code
goes to the address or number that was used for the change.
`;
