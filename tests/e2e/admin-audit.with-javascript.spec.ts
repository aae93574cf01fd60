import { PlainBrowser } from '../support/plain-browser';
import { looksRight } from './admin-look';
import { signsInAsAdmin, signsInPlainly } from './admins';
import { type OwnApp, startApp } from './own-app';
import { person, query } from './own-people';
import { ana } from './story';
import { expect, test } from './test';

// AUD-1, AUD-3: what happened, to whom and by whom, for an admin who was asked about it.

const markup = '<img src=x onerror=alert(1)>';
let app: OwnApp;

test.use({
  baseURL: async ({ browserName: _any }, use) => {
    if (!app) {
      app = await startApp({ env: { LATCHKEY_DEMO: '1' } });
      await person(app, ana.email, 'a first password', ana.phone);
      await query(
        app,
        `INSERT INTO "AuditEvent" (at, type, "subjectId", detail)
         SELECT now() - interval '1 day', 'user_disabled', id, '{"before":"${markup}"}' FROM "User" WHERE email = '${ana.email}'`,
      );
    }
    await use(app.base);
  },
});
test.afterAll(() => app?.stop());

test('finds what happened to a person, and no address of theirs is in the page’s address', async ({ page }) => {
  test.slow();
  await signsInAsAdmin(page, app);
  await page.goto('/admin/audit');
  await expect(page.getByRole('row').filter({ hasText: 'Passed the second step' })).toContainText('themself');
  await page.getByLabel('Email address or number of a person').fill(ana.email);
  await page.getByRole('button', { name: 'Search' }).click();
  const rows = page.getByRole('row').filter({ hasText: ana.email });
  await expect(rows.filter({ hasText: 'Was disabled' })).toContainText(markup);
  await expect(page.getByText('Passed the second step')).toHaveCount(1);
  expect(decodeURIComponent(page.url())).not.toMatch(/ana|@/);
  expect(await page.locator('main img').count()).toBe(0);
  await page.getByLabel('What', { exact: true }).selectOption({ label: 'All of: Sign-ins' });
  await page.getByRole('button', { name: 'Filter' }).click();
  await expect(page.getByText('Nothing happened that this search')).toBeVisible();
  await page.getByRole('link', { name: 'Show everything' }).click();
  await expect(page.getByRole('row').filter({ hasText: 'Passed the second step' })).toBeVisible();
  await looksRight(page, 'audit');
});

test('a browser without scripts finds, filters, exports; a query that nobody would write is none', async () => {
  const browser = new PlainBrowser(app.base);
  await signsInPlainly(browser, app, { past: 'second step' });
  const search = await browser.form('/admin/audit', 'name="search"');
  expect((await search.post([['search', 'nobody@latchkey.test']])).location).toMatch(/search=nobody$/);
  const { location } = await search.post([
    ['search', ana.email],
    ['as', 'subject'],
  ]);
  const { body } = await browser.get(location ?? '');
  expect(body).toContain('Was disabled');
  expect(body).not.toContain(markup);
  const { headers, body: file } = await browser.get((location ?? '').replace('/admin/audit?', '/admin/audit/export?'));
  expect(headers['content-type']).toMatch(/^text\/csv/);
  expect(file).toContain('"user_disabled"');
  expect(file).not.toContain(ana.email);
  for (const bad of ['what=x', 'what=codes&what=x', 'older=%00', `subject=${'x'.repeat(4_000)}`, 'from=9999-99-99']) {
    expect((await browser.get(`/admin/audit?${bad}`)).status, bad).toBe(200);
    expect((await browser.get(`/admin/audit/export?${bad}`)).status, bad).toBe(400);
  }
});
