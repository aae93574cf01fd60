/**
 * What keyboards and messengers add to text that is typed or pasted, and people do not see: zero-width and bidi marks,
 * soft hyphens, variation selectors. A key cap (U+20E3) only draws a box around a digit.
 */
const invisible = String.raw`\p{Cf}\p{Default_Ignorable_Code_Point}\u20E3`;
/** Signs that look like a dash and are none to Unicode: minus, hyphen bullet, modifier minus, overlines of old fonts. */
const dashes = String.raw`\p{Pd}\u2212\u2043\u02D7\u207B\u208B\u2796`;
/** U+2800 is the blank of Braille. */
const spaces = String.raw`\s\p{Z}\u2800`;

const separators = new RegExp(`[${invisible}${dashes}${spaces}]`, 'gu');
const atTheEnds = new RegExp(String.raw`^[\t\p{Zs}${invisible}]+|[\t\p{Zs}${invisible}]+$`, 'gu');

/** @returns the text without spaces, dashes and invisible signs, wherever they stand (VER-6) */
export const withoutSeparators = (text: string): string => text.replace(separators, '');

/** @returns the text without spaces, tabs and invisible signs at its ends. Line breaks stay: no address carries one. */
export const trimTyped = (text: string): string => text.replace(atTheEnds, '');

const digits = /\p{Nd}/gu;
const digit = /\p{Nd}/u;

/**
 * Unicode encodes the digits of a script in a row, from zero to nine; rows may touch, so the start of the row counts.
 * @param sign one character of Unicode's class Nd @returns 0 to 9
 */
function digitValue(sign: string): number {
  const point = sign.codePointAt(0) ?? 0;
  let start = point;
  while (digit.test(String.fromCodePoint(start - 1))) start -= 1;
  return (point - start) % 10;
}

/** @returns the text with the digits of every script as 0 to 9 (VER-6) */
export const withAsciiDigits = (text: string): string => text.replace(digits, (sign) => String(digitValue(sign)));
