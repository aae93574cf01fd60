import { PlainBrowser } from '../support/plain-browser';

/** Past this many codes an hour a network works or waits first: `work` of `send-address` in lib/limits/policies.ts. */
export const CODES_AN_HOUR = 20;
export const tooMany = /each browser is checked first/;

/**
 * Asks for a code as a browser without scripts and without cookies does.
 * @param headers of every request, such as X-Forwarded-For
 * @returns the sentence that it gets instead of a code, or 'sent': of what, nobody is told
 */
export async function asksForCode(base: string, email: string, headers: Record<string, string>): Promise<string> {
  const browser = new PlainBrowser(base, headers);
  await (await browser.form('/forgot-password', 'name="email"')).post([['email', email]]);
  const method = await browser.form('/forgot-password/method', 'name="channel"');
  const { location, errors } = await method.post([['channel', 'email']]);
  return location === '/forgot-password/verify' ? 'sent' : (errors.channel ?? `to ${location}`);
}

/** The limit's worth of requests at once, each for somebody else. @param headers of the n-th */
export const usesTheHour = (base: string, headers: (n: number) => Record<string, string>): Promise<string[]> =>
  Promise.all(
    Array.from({ length: CODES_AN_HOUR }, (_, n) => asksForCode(base, `nobody-${n}@latchkey.test`, headers(n))),
  );
