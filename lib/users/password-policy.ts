import { dictionary } from '@zxcvbn-ts/language-common';

/** Longer is refused, never cut (PW-2). Code points, so that an emoji counts one (PW-1). */
export const MAX_PASSWORD_LENGTH = 128;

export type PasswordProblem = 'empty' | 'too-short' | 'too-long' | 'common' | 'service-name' | 'own-identifier';

const common = new Set<string>(dictionary['passwords-common']);

export type PasswordContext = {
  /** Code points (PASSWORD_MIN_LENGTH). */
  minLength: number;
  appName: string;
  /** The person's own email and phone. */
  identifiers: readonly string[];
};

/**
 * Lists refuse, nothing else does: no composition rules, no expiry (PW-3, PW-4).
 * @returns why it is refused, or null where it may be used
 */
export function passwordProblem(password: string, context: PasswordContext): PasswordProblem | null {
  const normal = password.normalize('NFC');
  const length = [...normal].length;
  if (length === 0) return 'empty';
  if (length < context.minLength) return 'too-short';
  if (length > MAX_PASSWORD_LENGTH) return 'too-long';
  const folded = normal.toLowerCase();
  if (common.has(folded)) return 'common';
  if (folded === context.appName.toLowerCase()) return 'service-name';
  const own = context.identifiers.flatMap((value) => [value, value.split('@')[0] ?? value, value.replace(/^\+/, '')]);
  return own.some((value) => value.toLowerCase() === folded) ? 'own-identifier' : null;
}
