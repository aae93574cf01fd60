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

// What a careless parser folds to @ or to a dot.
const lookalikes = /[\uFF20\uFE6B\uFF0E\u3002\uFF61]/;

/**
 * Exactly one plain address: nothing that a parser could read as a second one, a name or a comment,
 * such as `"a@evil.test"@victim.test`, `a@b, c@d` or `a＠evil.test@victim.test`.
 */
export function oneAddress(name: string, value: string): string {
  const plain = /^[^\s<>,;:"'`()[\]\\@]+(?:'[^\s<>,;:"'`()[\]\\@]+)*@[^\s<>,;:"'`()[\]\\@]+$/;
  if (!plain.test(headerValue(name, value)) || lookalikes.test(value) || value.length > 254)
    throw new UnsafeHeader(`${name} is not one plain address.`);
  return value;
}
