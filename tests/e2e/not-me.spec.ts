import type { Page } from '@playwright/test';
import { standsAlone } from '../support/stands-alone';
import { codeAskedFor, linkIn, passwordTaken } from './notice';
import { type OwnApp, startApp } from './own-app';
import { fingerprint, person, query, settled } from './own-people';
import { codeSentTo, isAccessible, signsIn, typesCode } from './story';
import { expect, test } from './test';

// The links of notices, with and without JavaScript.

const bo = { email: 'bo@latchkey.test', phone: '+12025550171' };
const cy = 'cy@latchkey.test';
const firstPassword = 'a first password';
const theirs = 'not mine at all';
let app: OwnApp;

// Not in beforeAll: the browser wants to know its base before that runs.
test.use({
  baseURL: async ({ browserName: _any }, use) => {
    app ??= await startApp({ env: { LATCHKEY_DEMO: '1' } });
    await use(app.base);
  },
});
test.afterAll(() => app?.stop());
test.setTimeout(60_000);
test.beforeEach(async () => {
  await query(app, 'TRUNCATE "User", "InboxMessage" CASCADE');
  await person(app, bo.email, firstPassword, bo.phone);
  await person(app, cy, firstPassword);
});

const pressed = (page: Page, name: string) => page.getByRole('button', { name }).click();

test('a code that somebody else asked for is cancelled', async ({ page, javaScriptEnabled }) => {
  const link = await codeAskedFor(app, bo.email);
  const before = await settled(app);
  await page.goto(link);
  await expect(page.getByRole('heading', { name: 'Cancel this code?' })).toBeVisible();
  await isAccessible(page, javaScriptEnabled ?? true);
  await page.reload();
  expect(await fingerprint(app)).toBe(before);

  await pressed(page, 'Cancel this code');
  await expect(page.getByRole('heading', { name: 'The code is cancelled' })).toBeVisible();
  expect(page.url()).not.toContain('token');
  await isAccessible(page, javaScriptEnabled ?? true);
  expect(await query(app, 'SELECT FROM "Challenge" WHERE "closedAt" IS NULL')).toHaveLength(0);

  await page.goto(link);
  await expect(page.getByRole('heading', { name: 'This link does not work any more' })).toBeVisible();
  await isAccessible(page, javaScriptEnabled ?? true);
  await page.getByRole('link', { name: 'Set a new password' }).click();
  await expect(page).toHaveURL(/\/forgot-password$/);
});

test('a password that somebody else set is stopped, and a code comes by the other channel', async ({
  page,
  javaScriptEnabled,
}) => {
  const link = await passwordTaken(app, bo.email, theirs);
  const before = await settled(app);
  await page.goto(link);
  await expect(page.getByRole('heading', { name: 'Did somebody else change your password?' })).toBeVisible();
  await isAccessible(page, javaScriptEnabled ?? true);
  expect(await fingerprint(app)).toBe(before);

  const code = await codeSentTo(page, bo.phone, async () => {
    await pressed(page, 'This wasn’t me');
    await expect(page).toHaveURL(/\/forgot-password\/verify$/);
  });
  await expect(page.getByText('A code is on its way to you by text message')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Use email instead' })).toHaveCount(0);
  for (const secret of [bo.email, bo.phone]) expect(await page.content()).not.toContain(secret);
  expect(await page.content()).not.toMatch(standsAlone(bo.phone.slice(-4)));
  await isAccessible(page, javaScriptEnabled ?? true);

  await typesCode(page, code);
  await page.getByLabel('New password', { exact: true }).fill('velvet crane harbour');
  await page.getByLabel('Repeat it').fill('velvet crane harbour');
  expect(await page.content()).not.toContain(bo.email);
  await pressed(page, 'Set new password');
  await expect(page).toHaveURL(/\/forgot-password\/done/);
  await signsIn(page, bo.email, theirs);
  await expect(page.getByText('is not right')).toBeVisible();
  await signsIn(page, bo.email, 'velvet crane harbour');
  await expect(page).toHaveURL(/\/account/);
});

test('where there is one channel alone, a person must help, and the admins are told', async ({
  page,
  javaScriptEnabled,
}) => {
  await person(app, 'ada@latchkey.test', firstPassword);
  await query(app, `UPDATE "User" SET role = 'admin' WHERE email = 'ada@latchkey.test'`);
  const link = await passwordTaken(app, cy, theirs);
  await page.goto(link);
  await pressed(page, 'This wasn’t me');
  await expect(page.getByRole('heading', { name: 'That password is stopped' })).toBeVisible();
  await expect(page.getByText('We are telling the people who run Latchkey')).toBeVisible();
  await isAccessible(page, javaScriptEnabled ?? true);
  await expect(async () => {
    const told = await (await fetch(`${app.base}/dev/inbox/messages?to=ada@latchkey.test`)).json();
    expect(told[0]?.text).toContain(`${cy} needs your help`);
  }).toPass({ timeout: 5_000 });
  await signsIn(page, cy, theirs);
  await expect(page.getByText('is not right')).toBeVisible();
});

test('and where there is no admin either, it says whom to ask, and of nobody that they were told', async ({
  page,
  javaScriptEnabled,
}) => {
  await page.goto(await passwordTaken(app, cy, theirs));
  await pressed(page, 'This wasn’t me');
  await expect(page.getByText('Ask whoever runs Latchkey')).toBeVisible();
  await expect(page.getByText('We are telling')).toHaveCount(0);
  await isAccessible(page, javaScriptEnabled ?? true);
});

test('a code that has set a password already: the page says which mail helps', async ({ page, javaScriptEnabled }) => {
  await passwordTaken(app, bo.email, theirs);
  await page.goto(await linkIn(app, bo.email, /code$/));
  await pressed(page, 'Cancel this code');
  await expect(page.getByRole('heading', { name: 'That code was used before you came' })).toBeVisible();
  await isAccessible(page, javaScriptEnabled ?? true);
});
