import { usesUp } from '../security/alike';
import { PlainBrowser } from '../support/plain-browser';
import { looksRight } from './admin-look';
import { signsInAsAdmin, signsInPlainly } from './admins';
import { type OwnApp, startApp } from './own-app';
import { person, query } from './own-people';
import { ana, typesAddress } from './story';
import { expect, test } from './test';

// RL-1, RL-6: an admin sees who is blocked and why, lets them go on, and changes what may be changed.

const network = '203.0.113.88';
let app: OwnApp;

test.use({
  baseURL: async ({ browserName: _any }, use) => {
    if (!app) {
      app = await startApp({
        env: { LATCHKEY_DEMO: '1', SMS_PRICES: 'US:0.0083,DE:0.09', SMS_DAILY_BUDGET: '20,US:10' },
      });
      await person(app, ana.email, 'a first password', ana.phone);
    }
    await use(app.base);
  },
});
test.afterAll(() => app?.stop());

test('a network that asked too often is found by its address, unblocked, and goes on within seconds', async ({
  page,
  browser,
}) => {
  test.slow();
  const blocked = await browser.newContext({ baseURL: app.base, extraHTTPHeaders: { 'x-forwarded-for': network } });
  const anas = await blocked.newPage();
  const plain = new PlainBrowser(app.base, { 'x-forwarded-for': network });
  await (await plain.form('/forgot-password', 'name="email"')).post([['email', 'p0@latchkey.test']]);
  await (await plain.form('/forgot-password/method', 'name="channel"')).post([['channel', 'email']]);
  await usesUp(app, 'send-address');
  await typesAddress(anas, ana.email);
  const asks = async () => {
    await anas.getByRole('radio', { name: 'Email' }).check({ force: true });
    await anas.getByRole('button', { name: 'Send code' }).click();
  };
  await asks();
  await expect(
    anas
      .getByRole('alert')
      .filter({ hasText: /too many|wait/i })
      .first(),
  ).toBeVisible();

  await signsInAsAdmin(page, app);
  await page.goto('/admin/limits');
  await expect(page.getByText('200 of 200 codes asked for, by a network, within an hour')).toBeVisible();
  await page.getByLabel('Network, email address or number').fill(network);
  await page.getByRole('button', { name: 'Search' }).click();
  await expect(page.getByText('What blocks it:')).toBeVisible();
  expect(decodeURIComponent(page.url())).not.toContain(network);
  await looksRight(page, 'limits');
  await page.getByRole('button', { name: 'Unblock' }).click();
  await expect(page.getByText('That is forgotten.')).toBeVisible();
  await expect(async () => {
    await anas.goto('/forgot-password/method');
    await asks();
    await expect(anas).toHaveURL(/\/verify$/, { timeout: 1_500 });
  }).toPass({ timeout: 15_000 });
  await blocked.close();
});

test('SMS are stopped at once; letting them leave again wants a fresh second step', async ({ page }) => {
  await signsInAsAdmin(page, app);
  await query(app, `UPDATE "Session" SET "provedAt" = now() - interval '11 minutes' WHERE "provedAt" IS NOT NULL`);
  await page.goto('/admin/limits');
  await expect(page.getByText('0.00 of 10.00 spent today · 0.0083 each')).toBeVisible();
  await page.getByRole('button', { name: 'Stop SMS to US' }).click();
  await expect(page.getByText('No SMS leaves there from now on.')).toBeVisible();
  await expect(page.getByText('stopped by hand')).toBeVisible();
  await page.getByRole('button', { name: 'Let SMS leave again to US' }).click();
  await expect(page.getByRole('heading', { name: 'Is it still you?' })).toBeVisible();
  await query(app, `UPDATE "Session" SET "provedAt" = now() WHERE "provedAt" IS NOT NULL`);
  await page.goto('/admin/limits');
  await page.getByRole('button', { name: 'Let SMS leave again to US' }).click();
  await expect(page.getByText('SMS may leave there again.')).toBeVisible();
  const acts = await query<{ detail: object }>(
    app,
    `SELECT detail FROM "AuditEvent" WHERE type LIKE 'sms_st%' AND "actorId" IS NOT NULL ORDER BY at`,
  );
  expect(acts.map(({ detail }) => detail)).toEqual([
    { country: 'US', by: 'admin', before: 'open', after: 'operator' },
    { country: 'US', by: 'admin', before: 'operator', after: 'open' },
  ]);
});

test('without scripts a number is set within its bounds, the second of two admins is told, and it goes back', async () => {
  const browser = new PlainBrowser(app.base);
  await signsInPlainly(browser, app, { past: 'second step' });
  const form = await browser.form('/admin/limits', 'value="send-pair"');
  const sets = async (most: string) => (await form.post([['most', most]])).location;
  for (const bad of ['2', '21', '', '-5', '1e1', '5.0', '９', '999999'])
    expect(await sets(bad), bad).toMatch(/note=no-number/);
  expect(await sets('4')).toMatch(/note=set/);
  expect(await sets('7')).toMatch(/note=changed-meanwhile/);
  const { body } = await browser.get('/admin/limits?note=set');
  expect(body).toContain('At most 4 within an hour');
  const now = await browser.form('/admin/limits', 'value="send-pair"');
  expect((await now.post([['standard', '1']])).location).toMatch(/note=set/);
  expect(await query(app, `SELECT most, version FROM "LimitOverride"`)).toEqual([{ most: null, version: 2 }]);
  for (const bad of ['note=__proto__', 'find=%00', `find=${'x'.repeat(4_000)}`, 'note=set&note=set'])
    expect((await browser.get(`/admin/limits?${bad}`)).status, bad).toBe(200);
});
