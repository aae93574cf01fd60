// What does not belong into a message's words: what nobody sees, and what a mail program or a phone acts upon.

/** Blank or nothing on a screen, though Unicode calls some of them letters or marks; Braille's empty cell too. */
const blank = /[\p{Default_Ignorable_Code_Point}\u2800]/u;
/** Controls, bidi and other format characters, line separators, private use, unassigned, halves of a pair. */
const unseen = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Co}\p{Cn}\p{Cs}]/u;

/** @returns the name of the first character that does not show, `U+202E`; line feeds may be there */
export function hiddenCharacter(text: string): string | null {
  for (const character of text)
    if (character !== '\n' && (unseen.test(character) || blank.test(character)))
      return `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;
  return null;
}

const links: readonly RegExp[] = [
  // A scheme: https:, mailto:, javascript:, and whatever an app has registered.
  /\b[a-z][a-z0-9+.-]*:(?=\S)/iu,
  /\bwww\./iu,
  // A bare domain, or a sentence without a space after its full stop, which phones take for one.
  /[\p{L}\p{N}_-]+\.\p{L}{2,}/u,
  // An address in figures.
  /\d+(?:\.\d+){2,}|\[[\da-f:]+\]/iu,
  // Mail addresses and names; a text message's last line begins with it.
  /\S*@\S*/u,
  // A path, as file shares and some phones link it.
  /\S*\/\/\S*|\\\\\S*/u,
];

/** Dots that a browser folds to a full stop, where they stand as in a domain. */
const otherDots = /(?<=[a-z0-9])[。｡․](?=[a-z0-9])/giu;

/** @returns the first piece of text that could become a link */
export function linkIn(text: string): string | null {
  const folded = text.normalize('NFKC').replace(otherDots, '.');
  for (const link of links) {
    const found = link.exec(folded)?.[0];
    if (found !== undefined) return found;
  }
  return null;
}

/** @returns four or more digits, spaced or not: phones offer them as a code or a number to call */
export const numberIn = (text: string): string | null =>
  /\p{Nd}(?:[\s()/+-]*\p{Nd}){3,}/u.exec(text.normalize('NFKC'))?.[0] ?? null;
