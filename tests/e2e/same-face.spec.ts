import type { Page, Response } from '@playwright/test';
import { ownAddress } from '../support/own-address';
import { asksBy, typesAddress, typesCode } from './story';
import { expect, test } from './test';

/** An answer's headers, with what differs by chance masked. */
async function headersOf(response: Response): Promise<string> {
  const headers = await response.headersArray();
  const seen = headers
    .filter(({ name }) => !['date', 'etag', 'content-length', 'keep-alive'].includes(name.toLowerCase()))
    .map(
      ({ name, value }) =>
        `${name.toLowerCase()}: ${value
          .replace(/'nonce-[^']+'|nonce="[^"]+"/g, 'NONCE')
          .replace(/=[^;]+/, '=SEAL')
          .replace(/expires=[^;]+/i, 'TIME')}`,
    )
    .sort();
  return [response.request().method(), new URL(response.url()).pathname, response.status(), ...seen].join('\n');
}

/**
 * The document, and the data that its scripts carry, row by row: how the server cuts that data into scripts
 * depends on its load, not on the person.
 */
function documentAndData(content: string): string {
  const pieces = [...content.matchAll(/__next_f\.push\(\[1,"(.*?)"\]\)<\/script>/gs)].map(([, piece]) => piece);
  const rows = pieces.join('').split('\\n').sort();
  return [content.replace(/<script\b.*?<\/script>/gs, ''), ...rows].join('\n');
}

/** What differs by flow or by moment: tags, keys and clocks. */
const masked = (text: string, email: string): string =>
  text
    .replaceAll(email, 'EMAIL')
    .replace(/(name="flow" value=")[^"]+/g, '$1TAG')
    .replace(/(\\?"flow\\?":\\?")[^"\\]+/g, '$1TAG')
    .replace(/(name="\$ACTION_[^"]*" value=")[^"]*/g, '$1ACTION')
    // A page's nonce, in its document and in the data of its scripts (WEB-4).
    .replace(/(nonce(?:=|\\?":)\\?")[\w+/=]+/g, '$1NONCE')
    // React's keys, new with every answer.
    .replace(/"[\w-]{21}([a-z])"/g, '"KEY$1"')
    .replace(/\b\d{13}\b/g, 'MS')
    .replace(/\b\d{1,2}:\d\d\b/g, 'CLOCK')
    .replace(/(\\?"(?:secondsLeft|resendInSeconds|switchInSeconds)\\?":)\d+/g, '$1')
    .replace(/\bWait \d+ more seconds/g, 'Wait SOME more seconds');

/** The whole way up to the last try. With scripts it is the server's data that is looked at, without them its documents. */
async function walk(page: Page, email: string, channel: 'Email' | 'Text message', scripts: boolean): Promise<string[]> {
  const answers: Response[] = [];
  const bodies: string[] = [];
  page.on('response', (response) => {
    const request = response.request();
    if (request.isNavigationRequest() || request.method() === 'POST') answers.push(response);
  });
  const data: string[] = [];
  // Scripts read an answer as it streams, and the browser keeps no copy: it is read on its way.
  if (scripts)
    await page.route('**', async (route, request) => {
      if (request.method() !== 'POST') return route.continue();
      const response = await route.fetch({ maxRedirects: 0 });
      data.push(masked((await response.text()).split('\n').sort().join('\n'), email));
      return route.fulfill({ response });
    });
  const look = async () => {
    if (scripts) return;
    // The whole document: its last scripts arrive after the address has changed.
    await page.waitForLoadState('load');
    bodies.push(masked(documentAndData(await page.content()), email));
  };
  await typesAddress(page, email);
  await look();
  await asksBy(page, channel);
  await look();
  for (let guess = 0; guess < 6; guess += 1) {
    const answered = page.waitForResponse((response) => response.request().method() === 'POST');
    await typesCode(page, String(guess).repeat(6));
    await answered;
    await look();
  }
  // With scripts the button waits for its half minute.
  if (!scripts) await page.getByRole('button', { name: /^Resend code/ }).click();
  await look();
  return [...(await Promise.all(answers.map(headersOf))), ...bodies, ...data];
}

/** Where two walks first differ, with what stands around it; null where they are the same. */
function difference(one: string[], other: string[]): string | null {
  for (let step = 0; step < Math.max(one.length, other.length); step += 1) {
    const [a, b] = [one[step] ?? '', other[step] ?? ''];
    let at = 0;
    while (at < a.length && a[at] === b[at]) at += 1;
    if (at < Math.max(a.length, b.length)) {
      const around = (text: string) => text.slice(Math.max(0, at - 120), at + 120);
      return `step ${step}:\n${around(a)}\n  against\n${around(b)}`;
    }
  }
  return null;
}

for (const channel of ['Email', 'Text message'] as const)
  test(`ENU-1: known and unknown show one face, asked by ${channel}`, async ({ browser, javaScriptEnabled }) => {
    const scripts = javaScriptEnabled !== false;
    // `admin` has no number, `ana` has one; the other two have no account, or one that is disabled.
    const addresses = ['ana@latchkey.test', 'admin@latchkey.test', 'disabled@latchkey.test', 'nobody@latchkey.test'];
    const faces: string[][] = [];
    for (const email of addresses) {
      // A network of its own for each: one that guesses at all four would be asked for work halfway (RL-2).
      const extraHTTPHeaders = { 'x-forwarded-for': ownAddress() };
      const context = await browser.newContext({ javaScriptEnabled: scripts, extraHTTPHeaders });
      faces.push(await walk(await context.newPage(), email, channel, scripts));
      await context.close();
    }
    const [known = [], ...others] = faces;
    expect(known.length).toBeGreaterThan(15);
    expect(others.map((other) => difference(known, other))).toEqual([null, null, null]);
  });
