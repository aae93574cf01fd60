import { looksRight } from './admin-look';
import { admin, signsInAsAdmin } from './admins';
import { type OwnApp, startApp } from './own-app';
import { person, query } from './own-people';
import { ana, codeSentTo, inboxOf, isAccessible, signsIn } from './story';
import { expect, test } from './test';

// ADM-3, ADM-5: an admin helps a person, and nobody else does.

const anas = 'a first password';
let app: OwnApp;

test.use({
  baseURL: async ({ browserName: _any }, use) => {
    if (!app) {
      app = await startApp({ env: { LATCHKEY_DEMO: '1' } });
      await person(app, ana.email, anas, ana.phone);
    }
    await use(app.base);
  },
});
test.afterAll(() => app?.stop());

const anasPage = async () => {
  const [row] = await query<{ id: string }>(app, `SELECT id FROM "User" WHERE email = '${ana.email}'`);
  return `/admin/users/${row?.id}`;
};

test('finds a person, and no address of theirs is in the page’s address', async ({ page }) => {
  test.slow();
  await signsInAsAdmin(page, app);
  await page.goto('/admin/users');
  await looksRight(page, 'people');
  await page.getByLabel('Email address or number').fill(ana.phone);
  await page.getByRole('button', { name: 'Search' }).click();
  await expect(page.getByText('1 found.')).toBeVisible();
  for (const part of [ana.email, 'latchkey.test', ana.phone.slice(1)])
    expect(decodeURIComponent(page.url())).not.toContain(part);
  await page.reload();
  await page.getByRole('link', { name: ana.email }).click();
  await expect(page.getByRole('heading', { name: ana.email })).toBeVisible();
  await looksRight(page, 'person');
});

test('asks them to set a password, disables and enables them; what destroys wants a fresh code', async ({
  page,
  browser,
}) => {
  await signsInAsAdmin(page, app);
  await page.goto(await anasPage());
  await page.getByRole('button', { name: 'Ask to set a new password' }).click();
  await expect(page.getByText('A mail is on its way')).toBeVisible();
  await expect.poll(async () => (await inboxOf(page, ana.email))[0]?.subject).toMatch(/^Set a new/);
  await page.getByRole('button', { name: 'Ask to set a new password' }).click();
  await expect(page.getByText('less than ten minutes ago')).toBeVisible();

  const other = await browser.newContext({
    baseURL: app.base,
    extraHTTPHeaders: { 'x-forwarded-for': '203.0.113.78' },
  });
  const anasBrowser = await other.newPage();
  await signsIn(anasBrowser, ana.email, anas);
  await expect(anasBrowser).toHaveURL(/\/account$/);

  await query(app, `UPDATE "Session" SET "provedAt" = now() - interval '11 minutes' WHERE "provedAt" IS NOT NULL`);
  await page.getByRole('button', { name: 'Disable' }).click();
  await expect(page.getByRole('heading', { name: 'Is it still you?' })).toBeVisible();
  await isAccessible(page, true);
  const code = await codeSentTo(page, admin.email, () => page.getByRole('button', { name: 'Send a code' }).click());
  await page.getByLabel('Code from the message').fill(code);
  await page.getByRole('button', { name: 'Continue' }).click();
  await expect(page.getByRole('heading', { name: ana.email })).toBeVisible();
  await anasBrowser.reload();
  await expect(anasBrowser).toHaveURL(/\/account$/);

  await page.getByRole('button', { name: 'Disable' }).click();
  await expect(page.getByText('This person is disabled, and signed out everywhere.')).toBeVisible();
  await anasBrowser.reload();
  await expect(anasBrowser).toHaveURL(/\/sign-in/);
  await page.getByRole('button', { name: 'Enable' }).click();
  await expect(page.getByText('This person can sign in again.')).toBeVisible();
  await other.close();
});

test('the last admin cannot take that from themself', async ({ page }) => {
  await signsInAsAdmin(page, app);
  const [row] = await query<{ id: string }>(app, `SELECT id FROM "User" WHERE email = '${admin.email}'`);
  await page.goto(`/admin/users/${row?.id}`);
  for (const name of ['Make no administrator', 'Disable']) {
    await page.getByRole('button', { name }).click();
    await expect(page.getByText('Nobody else could sign in as an administrator then')).toBeVisible();
  }
});
