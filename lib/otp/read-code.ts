/**
 * What a person typed as a code. Spaces and hyphens are theirs to use; every other sign is not (VER-6).
 * Any well-formed length of 6 to 20 digits spends an attempt, so that the page never tells the length.
 */
export type TypedCode = { ok: true; digits: string } | { ok: false; problem: 'empty' | 'malformed' };

/** @param input anything a form sent; arrays, files and objects are malformed */
export function readCode(input: unknown): TypedCode {
  if (typeof input !== 'string' || input.length > 100) return { ok: false, problem: 'malformed' };
  const digits = input.replace(/[\s-]/g, '');
  if (digits === '') return { ok: false, problem: 'empty' };
  return /^[0-9]{6,20}$/.test(digits) ? { ok: true, digits } : { ok: false, problem: 'malformed' };
}
