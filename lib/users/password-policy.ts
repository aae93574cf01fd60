import { dictionary } from '@zxcvbn-ts/language-common';
import type { BreachCheck } from './breached-passwords';

/** Longer is refused, never cut (PW-2). Code points, so that an emoji counts one (PW-1). */
export const MAX_PASSWORD_LENGTH = 128;

export type PasswordProblem =
  | 'empty'
  | 'too-short'
  | 'too-long'
  | 'common'
  | 'service-name'
  | 'own-identifier'
  /** Stolen elsewhere, as Have I Been Pwned knows. Asked only where everything here lets it pass. */
  | 'breached';

const common = new Set<string>(dictionary['passwords-common']);

/** What this service measures every password by, at reset, at sign-up and from the command line (POST-4). */
export type PasswordRules = {
  /** Code points (PASSWORD_MIN_LENGTH). */
  minLength: number;
  appName: string;
  /** Null where HIBP is off. */
  breached: BreachCheck | null;
};

export type PasswordContext = PasswordRules & {
  /** The person's own email and phone. */
  identifiers: readonly string[];
};

/**
 * Lists refuse, nothing else does: no composition rules, no expiry (PW-3, PW-4). The local one is asked first; only
 * what it lets pass is asked for elsewhere, and waits a second at most.
 * @returns why it is refused, or null where it may be used
 */
export async function passwordProblem(password: string, context: PasswordContext): Promise<PasswordProblem | null> {
  const normal = password.normalize('NFC');
  const here = problemHere(normal, context);
  if (here) return here;
  return (await context.breached?.(normal)) ? 'breached' : null;
}

/** @param normal in NFC */
function problemHere(normal: string, context: PasswordContext): PasswordProblem | null {
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
