import { isPlainAddress } from '@/lib/address';

/** Thrown before anything is sent; the value itself is not repeated. */
export class UnsafeHeader extends Error {
  override name = 'UnsafeHeader';
  readonly code = 'EHEADER';
}

/** A value that may stand in a header: no control character, so no CR and no LF (DEL-3). */
export function headerValue(name: string, value: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
  if (/[\u0000-\u001f\u007f\u0085\u2028\u2029]/.test(value))
    throw new UnsafeHeader(`${name} holds a control character.`);
  return value;
}

/**
 * Exactly one plain address: nothing that a parser could read as a second one, a name or a comment,
 * such as `"a@evil.test"@victim.test`, `a@b, c@d` or `a＠evil.test@victim.test`. Every address that an account may have
 * is one (lib/address.ts).
 */
export function oneAddress(name: string, value: string): string {
  if (!isPlainAddress(headerValue(name, value))) throw new UnsafeHeader(`${name} is not one plain address.`);
  return value;
}
