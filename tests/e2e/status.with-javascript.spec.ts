import type { Page } from '@playwright/test';
import { PlainBrowser } from '../support/plain-browser';
import { person, query } from './own-people';
import { type StatusApp, startStatusApp } from './status-app';
import { knownDevice, points, strangersPage } from './status-people';
import { asksBy, isAccessible, typesAddress } from './story';
import { expect, test } from './test';

// What a waiting person sees, on a device that the account knows and on a stranger's, with real transports.

const path = '/api/forgot-password/status';
const cy = { email: 'cy@example.com', phone: '+12025550177', password: 'brass otter lantern' };
let app: StatusApp;

test.beforeAll(async () => {
  app = await startStatusApp();
  await person(app, cy.email, cy.password, cy.phone);
});
test.afterAll(() => app?.stop());

async function asks(page: Page, by: 'Email' | 'Text message'): Promise<void> {
  await typesAddress(page, cy.email);
  await asksBy(page, by);
}

/** Whatever a page shows from now on, and how often it was loaded. */
function watched(page: Page): { answers: string[]; loads: () => number } {
  const answers: string[] = [];
  let loads = 0;
  page.on('load', () => {
    loads += 1;
  });
  page.on('response', async (response) => {
    if (new URL(response.url()).pathname === path) answers.push(await response.text());
  });
  return { answers, loads: () => loads };
}

const codeIn = (text: string): string | undefined => /(?<!\d)\d{6,20}(?!\d)/.exec(text)?.[0];

test('a known device watches a failover from SMS to email, the same code; a stranger beside it sees the channel alone', async ({
  browser,
}) => {
  const [known, other] = [await knownDevice(browser, app.base, cy), await strangersPage(browser, app.base)];
  app.phone.script(cy.phone, { status: 400, code: 21610, message: 'Attempt to send to unsubscribed recipient' });
  app.toPhone.hold();
  const texts = app.phone.requests.length;
  await asks(other, 'Text message');
  await asks(known, 'Text message');
  await expect.poll(() => app.phone.requests.length).toBe(texts + 2);
  const [seen, overheard] = [watched(known), watched(other)];
  await expect(points(known)).toHaveText(['Queued', 'Sending', 'Delivered']);
  await isAccessible(known, true);
  const field = await known.getByLabel('Code from the message').boundingBox();
  const before = await other.locator('main').textContent();

  app.toPhone.release();
  await expect(points(known)).toHaveText(['Text failed', /^Emailed \d+\.\d s$/, 'With your mail provider']);
  await expect(known.getByText('Your phone could not be reached, so the same code went by email.')).toBeVisible();
  await isAccessible(known, true);
  expect(seen.loads()).toBe(0);
  expect(await known.getByLabel('Code from the message').boundingBox()).toEqual(field);

  // Both flows went the same way; only the device that the account knows was told.
  await expect.poll(() => app.mail.mails.length).toBe(2);
  await expect.poll(() => overheard.answers.length).toBeGreaterThan(2);
  const clocks = /\d+:\d\d/g;
  expect((await other.locator('main').textContent())?.replace(clocks, '')).toBe(before?.replace(clocks, ''));
  expect(before).toContain('Give the message a minute to arrive.');
  for (const answer of overheard.answers)
    expect(Object.keys(JSON.parse(answer)).sort()).toEqual(['health', 'pollInMs']);

  // The SMS that was refused and the mail carry one code, and it works.
  const textedCodes = [...app.toPhone.said().matchAll(/Body=([^&\s]*)/g)].map(([, body]) => codeIn(body ?? ''));
  const mailed = app.mail.mails.map(({ parsed }) => codeIn(parsed.text ?? ''));
  expect(mailed.toSorted()).toEqual(textedCodes.toSorted());
  await known.getByLabel('Code from the message').fill(textedCodes[1] ?? '');
  await known.getByRole('button', { name: 'Verify code' }).click();
  await expect(known).toHaveURL(/new-password/);
});

test('40 people in a closed window, and a stranger reads how the channel is', async ({ browser }) => {
  await query(
    app,
    `
    WITH window_ AS (SELECT to_timestamp(floor((extract(epoch FROM now()) - 10) / 300) * 300) - interval '1 minute' AS at),
    people AS (
      INSERT INTO "Challenge" (id, purpose, "userId", "identifierHash", nonce, "keyId", digits, "maxAttempts",
        "createdAt", "expiresAt")
      SELECT 'seed ' || n, 'password_reset', (SELECT id FROM "User" LIMIT 1), 'seed ' || n, n, 'e2e', 6, 5, at,
        at + interval '10 minutes'
      FROM generate_series(1, 40) n, window_ RETURNING id, "userId", "createdAt")
    INSERT INTO "Delivery" (kind, channel, status, "challengeId", "userId", "queuedAt", "sentAt")
    SELECT 'code', 'email', 'sent', id, "userId", "createdAt", "createdAt" + interval '200 ms' FROM people`,
  );
  const page = await strangersPage(browser, app.base);
  await asks(page, 'Email');
  await expect(page.getByText('Codes by email are leaving at once.')).toBeVisible({ timeout: 25_000 });
  await isAccessible(page, true);
});

test('401 without a flow, with a dead one, and with one that waits for no code; 429 with Retry-After past 120 a minute', async () => {
  const browser = new PlainBrowser(app.base);
  const ask = (cookie: string) => fetch(`${app.base}${path}`, { headers: { cookie } });
  const cookie = () => [...browser.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
  await (await browser.form('/forgot-password', 'name="email"')).post([['email', cy.email]]);
  for (const dead of ['', 'latchkey-flow=', 'latchkey-flow=Fe26.2*1*2*3*4', cookie()]) {
    const answer = await ask(dead);
    expect(answer.status).toBe(401);
    expect(answer.headers.get('cache-control')).toBe('no-store');
    expect(await answer.json()).toEqual({ error: expect.any(String) });
  }
  await (await browser.form('/forgot-password/method', 'name="channel"')).post([['channel', 'email']]);
  const statuses: number[] = [];
  for (let count = 0; count < 120; count += 1) statuses.push((await ask(cookie())).status);
  expect(new Set(statuses)).toEqual(new Set([200]));
  const refused = await ask(cookie());
  expect(refused.status).toBe(429);
  expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(30);
  expect(refused.headers.get('cache-control')).toBe('no-store');
  expect(await refused.json()).toEqual({ error: expect.any(String) });
  // Nobody else is refused for it.
  const another = new PlainBrowser(app.base);
  await (await another.form('/forgot-password', 'name="email"')).post([['email', cy.email]]);
  await (await another.form('/forgot-password/method', 'name="channel"')).post([['channel', 'email']]);
  expect((await another.get(path)).status).toBe(200);
});
