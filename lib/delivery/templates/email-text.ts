/** The plain-text halves, written by hand: what a text-only client or a watch shows. */
export const codeText = (appName: string, code: string, life: string): string =>
  `Here is the code to set a new password at ${appName}:

${code}

It works once, for ${life}. If you did not ask for it, ignore this message: nothing has changed.
Tell nobody the code, us included.
`;

export const passwordChangedText = (appName: string, when: string): string =>
  `The password of your ${appName} account was changed on ${when}. You were signed out on every device.

If that was you, there is nothing to do. If it was not, go to the sign-in page as you usually do,
choose "Forgot password?" to set a new one, and tell whoever runs ${appName}.
`;
