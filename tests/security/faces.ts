import type { Heard } from '../support/plain-browser';

// What of an answer differs by flow or by moment, not by person (ENU-1).

/**
 * The document, and the data that its scripts carry, row by row: how the server cuts that data into scripts
 * depends on its load, not on the person.
 */
export function documentAndData(content: string): string {
  const pieces = [...content.matchAll(/__next_f\.push\(\[1,"(.*?)"\]\)<\/script>/gs)].map(([, piece]) => piece);
  const rows = pieces.join('').split('\\n').sort();
  return [content.replace(/<script\b.*?<\/script>/gs, ''), ...rows].join('\n');
}

/** What differs by flow or by moment: tags, keys and clocks. */
export const masked = (text: string, email: string): string =>
  text
    .replaceAll(email, 'EMAIL')
    .replace(/(name="flow" value=")[^"]+/g, '$1TAG')
    .replace(/(\\?"flow\\?":\\?")[^"\\]+/g, '$1TAG')
    // The work's own salt and signature; how much work it is stays.
    .replace(
      /(nonce|salt|signature|key|keyPrefix|keySignature|challenge)(&quot;|\\*"):(&quot;|\\*")[^&"\\]+/g,
      '$1$2:$3WORK',
    )
    .replace(/(expiresAt(?:&quot;|\\*"):)\d{10}\b/g, '$1SECONDS')
    .replace(/(name="\$ACTION_[^"]*" value=")[^"]*/g, '$1ACTION')
    // A page's nonce, in its document and in the data of its scripts (WEB-4).
    .replace(/(nonce(?:=|\\?":)\\?")[\w+/=]+/g, '$1NONCE')
    // React's keys, new with every answer.
    .replace(/"[\w-]{21}([a-z])"/g, '"KEY$1"')
    .replace(/\b\d{13}\b/g, 'MS')
    .replace(/\b\d{1,2}:\d\d\b/g, 'CLOCK')
    .replace(/(\\?"(?:secondsLeft|adviceInSeconds|waitSeconds|resendInSeconds|switchInSeconds)\\?":)\d+/g, '$1')
    .replace(/\bWait \d+ more seconds?/g, 'Wait SOME more seconds');

/** A header as it may be compared: a seal by its length, which is the same for everybody. */
export const maskedHeader = (name: string, value: string): string =>
  `${name.toLowerCase()}: ${value
    .replace(/'nonce-[^']+'|nonce="[^"]+"/g, 'NONCE')
    .replace(/^(latchkey-[a-z]+=)([^;]+)/, (_, cookie, seal) => `${cookie}SEAL OF ${seal.length}`)
    .replace(/expires=[^;]+/i, 'TIME')}`;

/** Headers that differ by chance. */
export const byChance = ['date', 'etag', 'content-length', 'keep-alive'];

/** One answer, as it may be compared. */
export function faceOf({ method, path, status, headers, body }: Heard, email: string): string {
  const lines = Object.entries(headers)
    .filter(([name]) => !byChance.includes(name))
    .flatMap(([name, value]) => [value ?? ''].flat().map((one) => maskedHeader(name, one)));
  return [`${method} ${path} ${status}`, ...lines.sort(), masked(documentAndData(body), email)].join('\n');
}

/** Where two walks first differ, with what stands around it; null where they are the same. */
export function difference(one: readonly string[], other: readonly string[]): string | null {
  for (let step = 0; step < Math.max(one.length, other.length); step += 1) {
    const [a, b] = [one[step] ?? '', other[step] ?? ''];
    let at = 0;
    while (at < a.length && a[at] === b[at]) at += 1;
    if (at < Math.max(a.length, b.length)) {
      const around = (text: string) => text.slice(Math.max(0, at - 120), at + 120);
      return `step ${step}, ${a.split('\n', 1)}:\n${around(a)}\n  against\n${around(b)}`;
    }
  }
  return null;
}
