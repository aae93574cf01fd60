import { readFile } from 'node:fs/promises';
import type { Page } from '@playwright/test';
import { looksRight } from './admin-look';
import { signsInAsAdmin } from './admins';
import { type OwnApp, startApp } from './own-app';
import { person, query } from './own-people';
import { asksBy, codeSentTo, isAccessible, typesAddress } from './story';
import { expect, test } from './test';

// The admin area's deliveries: found, explained, sent again, exported.

const ben = { email: 'ben@latchkey.test', phone: '+12025550188' };
let app: OwnApp;
test.use({
  baseURL: async ({ browserName: _any }, use) => {
    if (!app) {
      app = await startApp({ env: { LATCHKEY_DEMO: '1' } });
      await person(app, ben.email, 'copper heron window', ben.phone);
    }
    await use(app.base);
  },
});
test.afterAll(() => app?.stop());

async function asksForCode(page: Page): Promise<void> {
  await typesAddress(page, ben.email);
  await codeSentTo(page, ben.email, () => asksBy(page, 'Email'));
}

test('an admin finds a person’s code by the exact address, filters, and exports', async ({ page }) => {
  test.slow();
  await asksForCode(page);
  await typesAddress(page, 'nobody@latchkey.test');
  await asksBy(page, 'Email');
  await signsInAsAdmin(page, app);
  await page.goto('/admin/deliveries');
  await expect(page.getByText(/1 request was for addresses that nobody has/)).toBeVisible();
  await looksRight(page, 'deliveries');

  await page.getByLabel(/Exact email address/).fill(' BEN@latchkey.test');
  await page.getByRole('button', { name: 'Search' }).click();
  await expect(page).toHaveURL(/who=email-[0-9a-f]{64}/);
  expect(page.url()).not.toMatch(/ben|latchkey\.test/i);
  await expect(page.getByRole('row')).toHaveCount(2);
  await expect(page.getByRole('row').nth(1)).toContainText('b…@latchkey.test');
  await page.getByLabel('Status').selectOption('failed');
  await page.getByRole('button', { name: 'Filter' }).click();
  await expect(page.getByText('Nothing was sent that this search')).toBeVisible();
  await expect(page.getByLabel('Status')).toHaveValue('failed');
  await page.getByRole('link', { name: 'Show all' }).click();
  await expect(page).toHaveURL(/\/admin\/deliveries$/);

  const loading = page.waitForEvent('download');
  await page.getByRole('link', { name: 'Export as CSV' }).click();
  const file = await loading;
  expect(file.suggestedFilename()).toMatch(/^deliveries-\d{4}-\d\d-\d\d\.csv$/);
  const text = await readFile(await file.path(), 'utf8');
  expect(text).toMatch(/^"id","queued at \(UTC\)"/);
  expect(text).toContain('"b…@latchkey.test"');
  expect(text).not.toContain(ben.email);
  expect(app.log()).not.toContain(ben.email);
  await expect
    .poll(() =>
      query(
        app,
        `SELECT detail->'whole' AS whole FROM "AuditEvent" WHERE type = 'deliveries_exported' AND detail ? 'whole'`,
      ),
    )
    .toEqual([{ whole: true }]);
});

test('what failed is explained and sent again, once; who clicks second is told', async ({ page, context }) => {
  test.slow();
  await asksForCode(page);
  await query(
    app,
    `UPDATE "Delivery" SET status = 'failed', "errorClass" = 'recipient', "errorCode" = '550 5.1.1'
     WHERE kind = 'code' AND "userId" IS NOT NULL`,
  );
  await signsInAsAdmin(page, app);
  await page.goto('/admin/deliveries?status=failed&channel=email&class=recipient');
  await page.getByRole('row').nth(1).getByRole('link').click();
  await expect(page.getByText('There is no such mailbox.')).toBeVisible();
  await expect(page.getByText('Check the address for a typing error.')).toBeVisible();
  await expect(page.getByText('Try 1: Local inbox, mail took it')).toBeVisible();
  await expect(page.getByText('Asked for a code')).toBeVisible();
  await looksRight(page, 'delivery');
  const second = await context.newPage();
  await second.goto(page.url());
  await codeSentTo(page, ben.email, () => page.getByRole('button', { name: 'Send again' }).click());
  await expect(page.getByText('It was put into the outbox again.')).toBeVisible();
  await isAccessible(page, true);
  await second.getByRole('button', { name: 'Send again' }).click();
  await expect(second.getByText('Nothing was sent again. It was sent again already.')).toBeVisible();
  await second.getByRole('link', { name: /An administrator sent it again by email/ }).click();
  await expect(second.getByRole('link', { name: 'to send a failed one again' })).toBeVisible();
});

test('works without scripts, and says what it cannot read', async ({ page, browser, baseURL }) => {
  await asksForCode(page);
  await signsInAsAdmin(page, app);
  const storageState = await page.context().storageState();
  const plain = await browser.newContext({ javaScriptEnabled: false, storageState, baseURL: baseURL ?? '' });
  const old = await plain.newPage();
  await old.goto('/admin/deliveries');
  await old.getByLabel(/Exact email address/).fill(ben.email);
  await old.getByRole('button', { name: 'Search' }).click();
  await expect(old).toHaveURL(/who=email-[0-9a-f]{64}/);
  await old.getByLabel('Channel').selectOption('email');
  await old.getByRole('button', { name: 'Filter' }).click();
  await expect(old).toHaveURL(/who=email-.*channel=email/);
  await expect(old.getByRole('row').nth(1)).toContainText('b…@latchkey.test');
  await old.getByLabel(/Exact email address/).fill('what?');
  await old.getByRole('button', { name: 'Search' }).click();
  await expect(old.getByText('That is no email address and no number')).toBeVisible();
  for (const bad of ['older=x', 'size=1e9', 'status=a&status=b', 'from=%00', 'who=ben', 'to=2026-02-31']) {
    const answer = await old.goto(`/admin/deliveries?${bad}`);
    expect([bad, answer?.status()]).toEqual([bad, 200]);
    await expect(old.locator('main').getByRole('status')).toHaveText(/\S/);
  }
  expect((await old.goto('/admin/deliveries/x'))?.status()).toBe(404);
  expect((await plain.request.get('/admin/deliveries/export?status=lost')).status()).toBe(400);
  await plain.clearCookies();
  expect((await plain.request.get('/admin/deliveries/export')).status()).toBe(401);
  await plain.close();
});
