import { PlainBrowser } from '../support/plain-browser';
import { looksRight } from './admin-look';
import { signsInAsAdmin, signsInPlainly } from './admins';
import { type OwnApp, startApp } from './own-app';
import { person, query } from './own-people';
import { ana, asksBy, codeSentTo, inboxOf, isAccessible, typesAddress } from './story';
import { expect, test } from './test';

// DEL-5, WEB-5: an admin puts messages into their own words, sees them first, and can always go back.

let app: OwnApp;

test.use({
  baseURL: async ({ browserName: _any }, use) => {
    if (!app) {
      app = await startApp({ env: { LATCHKEY_DEMO: '1' } });
      await person(app, ana.email, 'a first password', ana.phone);
    }
    await use(app.base);
  },
});
test.afterAll(() => app?.stop());

const own = 'Good day! Somebody at {app} asked for a new password.\n\n{code}\n\nUse it within {minutes}.';

test('changes the words of a code’s mail, and the next person gets it in them; then goes back', async ({
  page,
  browser,
}) => {
  // Words are used elsewhere after five seconds.
  test.setTimeout(120_000);
  await signsInAsAdmin(page, app);
  await page.goto('/admin/messages');
  await looksRight(page, 'messages');
  await page.locator('a[href*="/admin/messages/code"]').first().click();
  await expect(page.getByLabel('Words')).toHaveValue(/\{code\}/);
  await looksRight(page, 'message');
  await page.getByLabel('Words').fill('Click http://evil.test and call +1 202 555 0199');
  await page.getByRole('button', { name: 'Save for everybody' }).click();
  await expect(page.locator('#body-error')).toContainText('would make a link of “http:”');
  await expect(page.getByLabel('Words')).toHaveValue(/evil/);
  await isAccessible(page, true);
  await page.getByLabel('Words').fill(own);
  await page.getByRole('button', { name: 'Preview' }).click();
  await expect(page.getByText('Nothing was saved.')).toBeVisible();
  const frame = page.frameLocator('iframe[title^="Preview of your words"]').first();
  await expect(frame.getByText('Good day! Somebody at Latchkey asked for a new password.')).toBeVisible();
  await page.getByRole('button', { name: 'Save for everybody' }).click();
  await expect(page.getByText('Saved. Within five seconds')).toBeVisible();

  const other = await browser.newContext({
    baseURL: app.base,
    extraHTTPHeaders: { 'x-forwarded-for': '203.0.113.91' },
  });
  const anas = await other.newPage();
  await page.waitForTimeout(5_000);
  await typesAddress(anas, ana.email);
  await codeSentTo(anas, ana.email, () => asksBy(anas, 'Email'));
  const [mail] = await inboxOf(anas, ana.email);
  expect(mail?.text).toMatch(
    /^Good day! Somebody at Latchkey asked for a new password\.\n\n\d{6}\n\nUse it within 10 minutes\./,
  );
  expect(mail?.text).toContain('Tell nobody the code');
  await other.close();

  await page.getByRole('button', { name: 'Send me a test' }).click();
  await expect(page.getByText('Handed over: a test is on its way to you.')).toBeVisible();
  await page.getByRole('button', { name: 'Use the standard words' }).click();
  await expect(page.getByText('Saved. Within five seconds')).toBeVisible();
  await expect(page.getByLabel('Words')).toHaveValue(/^Here is the code/);
  await page.getByRole('button', { name: 'Use version 1 again' }).click();
  await expect(page.getByLabel('Words')).toHaveValue(/^Good day!/);
  const versions = await query(app, `SELECT version, body IS NULL AS standard FROM "MessageWording" ORDER BY version`);
  expect(versions).toEqual([
    { version: 1, standard: false },
    { version: 2, standard: true },
    { version: 3, standard: false },
  ]);
});

test('a text shows what it costs, and one that would need two is refused', async ({ page }) => {
  await signsInAsAdmin(page, app);
  await page.goto('/admin/messages/code?channel=sms');
  await expect(page.getByLabel('The message as it is now')).toContainText(/@localhost #\d{6}/);
  await expect(page.getByLabel('The message as it is now')).toContainText('Segments1');
  await page.getByLabel('Words').fill(`{code} {app} {minutes} ${'long '.repeat(30)}`);
  await page.getByRole('button', { name: 'Save for everybody' }).click();
  await expect(page.locator('#body-error')).toContainText('Make it shorter');
  expect(await query(app, `SELECT version FROM "MessageWording" WHERE channel = 'sms'`)).toEqual([]);
});

test('without scripts the second of two admins is told; a query that nobody would write is none', async () => {
  const browser = new PlainBrowser(app.base);
  await signsInPlainly(browser, app, { past: 'second step' });
  const path = '/admin/messages/guessing?channel=email';
  const first = await browser.form(path, 'name="body"');
  const second = await browser.form(path, 'name="body"');
  const fields = (body: string): [string, string][] => [
    ['subject', 'About {app}'],
    ['body', body],
    ['act', 'save'],
  ];
  expect((await first.post(fields('Of {app}, at {when}.'))).location).toMatch(/note=saved/);
  const told = await second.post(fields('Another of {app}, at {when}.'));
  expect(told.body).toContain('Somebody else changed this a moment ago');
  expect(told.body).toContain('Another of {app}');
  for (const bad of [
    'code?channel=fax',
    'code?before=x',
    'code?note=__proto__',
    `code?before=${'9'.repeat(400)}`,
    'code?channel=sms&channel=email',
  ])
    expect((await browser.get(`/admin/messages/${bad}`)).status, bad).toBe(200);
  for (const none of ['nothing', '__proto__', '%00', 'x'.repeat(2_000)])
    expect((await browser.get(`/admin/messages/${none}`)).status, none).toBeLessThan(500);
});
