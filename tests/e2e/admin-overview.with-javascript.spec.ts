import { looksRight } from './admin-look';
import { admin, resetSecondFactorOf } from './admins';
import { type OwnApp, startApp } from './own-app';
import { person, query } from './own-people';
import { ana, asksBy, codeSentTo, setsPassword, typesAddress, typesCode } from './story';
import { expect, test } from './test';

// OBS-1: what whoever runs the service sees first.

let app: OwnApp;

test.use({
  baseURL: async ({ browserName: _any }, use) => {
    app ??= await startApp({ env: { LATCHKEY_DEMO: '1' } });
    await use(app.base);
  },
});
test.afterAll(() => app?.stop());

test('an admin signs in, lands where they wanted to, and sees a reset come in without a reload', async ({
  page,
  browser,
}) => {
  test.slow();
  await person(app, admin.email, admin.password);
  await resetSecondFactorOf(app, admin.email);
  await person(app, ana.email, 'a first password', ana.phone);
  await page.goto('/admin');
  await expect(page).toHaveURL(/\/sign-in\?next=%2Fadmin$/);
  await page.getByLabel('Email').fill(admin.email);
  await page.getByLabel('Password', { exact: true }).fill(admin.password);
  const code = await codeSentTo(page, admin.email, () => page.getByRole('button', { name: 'Sign in' }).click());
  await page.getByLabel('Code from the message').fill(code);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await expect(page).toHaveURL(/\/admin$/);
  await expect(page.getByRole('heading', { name: 'Overview' })).toBeVisible();
  const asked = page.locator('dl > div').filter({ hasText: 'People who asked for a code' });
  await expect(asked).toContainText('0');

  const other = await browser.newContext({
    baseURL: app.base,
    extraHTTPHeaders: { 'x-forwarded-for': '203.0.113.77' },
  });
  const anas = await other.newPage();
  await typesAddress(anas, ana.email);
  await typesCode(anas, await codeSentTo(anas, ana.email, () => asksBy(anas, 'Email')));
  await setsPassword(anas, 'velvet crane harbour');
  await other.close();

  await expect(asked).toContainText(/code1/, { timeout: 15_000 });
  await expect(page.getByRole('listitem').filter({ hasText: 'New password' })).toContainText('1');
  await looksRight(page, 'overview');
  await page.getByText('The same as a table').click();
  await expect(page.getByRole('table', { name: 'Time to hand-off, 95th percentile' })).toBeVisible();
  await page.getByRole('link', { name: 'Last hour' }).click();
  await expect(page).toHaveURL(/span=hour/);
  await expect(page.getByRole('link', { name: 'Last hour' })).toHaveAttribute('aria-current', 'true');
});

test('a query that nobody would write is a day', async ({ page }) => {
  await query(app, `UPDATE "Session" SET "provedAt" = now()`);
  for (const span of ['', 'year', 'day&span=week', '%00', 'x'.repeat(2_000), '__proto__'])
    expect((await page.request.get(`/admin?span=${span}`)).status()).toBeLessThan(500);
});
