import type { Browser, Page, Response } from '@playwright/test';
import { type OwnApp, startApp } from '../e2e/own-app';
import { asksBy, typesAddress, typesCode } from '../e2e/story';
import { expect, test } from '../e2e/test';
import { known, networkOf, others, peopleWhoMustLookAlike } from './alike';
import { byChance, difference, documentAndData, masked, maskedHeader } from './faces';

// ENU-1 in a browser, with scripts and without: what its scripts are told, and what it shows in the end. The whole way
// over HTTP is in enu-1-transcripts.spec.ts.

let app: OwnApp;
test.beforeAll(async () => {
  app = await startApp({ env: { LATCHKEY_DEMO: '1' } });
  await peopleWhoMustLookAlike(app);
});
test.afterAll(() => app?.stop());
test.setTimeout(60_000);

async function headersOf(response: Response): Promise<string> {
  const headers = await response.headersArray();
  const seen = headers
    .filter(({ name }) => !byChance.includes(name.toLowerCase()))
    .map(({ name, value }) => maskedHeader(name, value))
    .sort();
  return [response.request().method(), new URL(response.url()).pathname, response.status(), ...seen].join('\n');
}

type Channel = 'Email' | 'Text message';

/** The whole way up to the last try. With scripts it is the server's data that is looked at, without them its documents. */
async function walk(page: Page, email: string, channel: Channel, scripts: boolean): Promise<string[]> {
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
  const posts = async (act: () => Promise<void>) => {
    const answered = page.waitForResponse((response) => response.request().method() === 'POST');
    await act();
    await answered;
    await look();
  };
  await typesAddress(page, email);
  await look();
  await asksBy(page, channel);
  await look();
  const other = channel === 'Email' ? 'Use text message instead' : 'Use email instead';
  await posts(() => page.getByRole('button', { name: other }).click());
  await expect(page.getByText('on its way again')).toBeVisible();
  for (let guess = 0; guess < 6; guess += 1) await posts(() => typesCode(page, String(guess).repeat(6)));
  // With scripts the button waits for its half minute.
  if (!scripts) await posts(() => page.getByRole('button', { name: /^Resend code/ }).click());
  return [...(await Promise.all(answers.map(headersOf))), ...bodies, ...data];
}

async function faceOf(browser: Browser, email: string, channel: Channel, scripts: boolean): Promise<string[]> {
  const extraHTTPHeaders = { 'x-forwarded-for': networkOf(email) };
  const context = await browser.newContext({ baseURL: app.base, javaScriptEnabled: scripts, extraHTTPHeaders });
  const face = await walk(await context.newPage(), email, channel, scripts);
  await context.close();
  return face;
}

const { phoneless, disabled, unknown } = others;
const throttled = [others['known, its sends from this network used up'], others['known, guessed at']];

for (const [channel, scripts, people] of [
  ['Text message', true, [unknown, phoneless, ...throttled]],
  ['Email', false, [unknown, disabled]],
] as const)
  test(`ENU-1: one face, asked by ${channel}, ${scripts ? 'with' : 'without'} scripts`, async ({ browser }) => {
    const face = await faceOf(browser, known, channel, scripts);
    expect(face.length).toBeGreaterThan(15);
    for (const email of people)
      expect.soft(difference(face, await faceOf(browser, email, channel, scripts)), email).toBeNull();
  });
