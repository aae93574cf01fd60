// 3GPP TS 23.038, section 6.2.1: the default alphabet, and its extension where a character takes two places.
const basic = new Set(
  '@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !"#¤%&\'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà',
);
const extension = new Set('\f^{}\\[~]|€');

/** @returns the length in septets, or null where the text does not fit the GSM-7 alphabet. */
export function gsmLength(text: string): number | null {
  let length = 0;
  for (const character of text) {
    if (basic.has(character)) length += 1;
    else if (extension.has(character)) length += 2;
    else return null;
  }
  return length;
}

/** How many SMS a text takes: 160 septets or 70 UTF-16 units alone, 153 or 67 each where there are several. */
export function smsSegments(text: string): number {
  const septets = gsmLength(text);
  const [length, alone, joined] = septets === null ? [text.length, 70, 67] : [septets, 160, 153];
  return length <= alone ? 1 : Math.ceil(length / joined);
}
