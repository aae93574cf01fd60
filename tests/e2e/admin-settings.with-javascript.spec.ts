import { looksRight } from './admin-look';
import { signsInAsAdmin } from './admins';
import { type OwnApp, startApp } from './own-app';
import { query } from './own-people';
import { expect, test } from './test';

// CFG-2, DEL-1: which ways out there are, without a secret, and whether they work.

let app: OwnApp;

test.use({
  baseURL: async ({ browserName: _any }, use) => {
    app ??= await startApp({ env: { LATCHKEY_DEMO: '1', METRICS_TOKEN: 'a token that nobody may read' } });
    await use(app.base);
  },
});
test.afterAll(() => app?.stop());

test('sees what is set and no secret, sends themself a test, and has a stopped provider tried again', async ({
  page,
}) => {
  test.slow();
  await signsInAsAdmin(page, app);
  await query(
    app,
    `INSERT INTO "Transport" (name, failures, openings, "openUntil", "lastError", "lastErrorAt")
     VALUES ('inbox-email', 3, 2, now() + interval '5 minutes', 'ETIMEDOUT', now())
     ON CONFLICT (name) DO UPDATE SET failures = 3, openings = 2, "openUntil" = EXCLUDED."openUntil",
       "lastError" = EXCLUDED."lastError", "lastErrorAt" = EXCLUDED."lastErrorAt"`,
  );
  await page.goto('/admin/settings');
  await expect(page.getByText('stopped for now')).toBeVisible();
  expect(await page.content()).not.toContain('nobody may read');
  await looksRight(page, 'settings');
  await page.getByRole('button', { name: 'Try it with the next message' }).click();
  await expect(page.getByText('The next message tries it.')).toBeVisible();
  await page.getByRole('button', { name: /test/i }).first().click();
  await expect(page.getByText('Handed over: a test is on its way to you.')).toBeVisible();
  const acts = await query<{ type: string }>(
    app,
    `SELECT type FROM "AuditEvent" WHERE type IN ('transport_tried', 'test_sent') ORDER BY at`,
  );
  expect(acts.map(({ type }) => type)).toEqual(['transport_tried', 'test_sent']);
});
