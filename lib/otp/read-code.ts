import { withAsciiDigits, withoutSeparators } from '@/lib/typed-text';

/**
 * What a person typed as a code, read as a person sees it (VER-6): digits of any script count, spaces, dashes and
 * invisible signs are dropped, and every other sign is refused.
 * Any well-formed length of 6 to 20 digits spends an attempt, so that the page never tells the length.
 */
export type TypedCode = { ok: true; digits: string } | { ok: false; problem: 'empty' | 'malformed' };

/** Characters. Twenty digits with marks around each are far shorter. */
const MAX_LENGTH = 1_000;

/** @param input anything a form sent; arrays, files and objects are malformed */
export function readCode(input: unknown): TypedCode {
  if (typeof input !== 'string' || input.length > MAX_LENGTH) return { ok: false, problem: 'malformed' };
  const digits = withAsciiDigits(withoutSeparators(input));
  if (digits === '') return { ok: false, problem: 'empty' };
  return /^[0-9]{6,20}$/.test(digits) ? { ok: true, digits } : { ok: false, problem: 'malformed' };
}
