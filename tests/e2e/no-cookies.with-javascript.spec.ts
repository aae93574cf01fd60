import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, type Page } from '@playwright/test';
import { PlainBrowser } from '../support/plain-browser';
import { type OwnApp, startApp } from './own-app';
import { person, query } from './own-people';
import { expect, test } from './test';

// UX-3: a browser that sends no cookie back is told so, at the flow and at sign-in, and is led in no circle.

const email = 'bo@latchkey.test';
const password = 'a first password';
const sentence = 'This site needs cookies';

let app: OwnApp;
test.setTimeout(90_000);
test.beforeAll(async () => {
  app = await startApp({ env: { LATCHKEY_DEMO: '1' } });
  await person(app, email, password);
});
test.afterAll(() => app?.stop());

const withoutCookies = () => new PlainBrowser(app.base, { cookie: '' });

test('UX-3: where cookies are blocked, sign-in says that they are needed', async () => {
  const form = await withoutCookies().form('/sign-in', 'name="password"');
  for (const typed of ['not this one', password]) {
    const { status, location, body } = await form.post([
      ['email', email],
      ['password', typed],
    ]);
    expect([status, location]).toEqual([200, null]);
    expect(body).toContain(sentence);
    expect(body).toContain(`value="${email}"`);
  }
  // No password was looked at: nothing is counted, and no session is left that no browser could name.
  expect(await query(app, 'SELECT id FROM "Session"')).toEqual([]);
  expect(await query(app, `SELECT key FROM "Counter" WHERE key LIKE 'sign-in%'`)).toEqual([]);
});

test('UX-3: where cookies are blocked, the flow says that they are needed, at its first step', async () => {
  const browser = withoutCookies();
  const form = await browser.form('/forgot-password', 'name="email"');
  const { status, location, body } = await form.post([['email', email]]);
  expect([status, location]).toEqual([200, null]);
  expect(body).toContain(sentence);
  expect(body).toContain(`value="${email}"`);
  // The later steps say it too.
  for (const step of ['method', 'verify', 'new-password']) {
    const { location: back } = await browser.get(`/forgot-password/${step}`);
    expect(back).toBe('/forgot-password?note=start-again');
    expect((await browser.get(back ?? '')).body).toContain(sentence);
  }
  expect(await query(app, 'SELECT id FROM "Challenge"')).toEqual([]);
});

/** Chromium with the setting "Block all cookies" in its profile. */
async function withBlockedCookies(act: (page: Page) => Promise<void>): Promise<void> {
  const profile = mkdtempSync(join(tmpdir(), 'latchkey-profile-'));
  mkdirSync(join(profile, 'Default'));
  const BLOCK = 2;
  const settings = { profile: { default_content_setting_values: { cookies: BLOCK } } };
  writeFileSync(join(profile, 'Default', 'Preferences'), JSON.stringify(settings));
  const { launchOptions } = test.info().project.use;
  const context = await chromium.launchPersistentContext(profile, { ...launchOptions, baseURL: app.base });
  try {
    await act(await context.newPage());
    expect(await context.cookies()).toEqual([]);
  } finally {
    await context.close();
    rmSync(profile, { recursive: true, force: true });
  }
}

test('UX-3: a browser that blocks cookies, with JavaScript: the form says that they are needed and keeps the address', async () => {
  await withBlockedCookies(async (page) => {
    const wrong: string[] = [];
    page.on('pageerror', (error) => wrong.push(error.message));
    await page.goto('/sign-in');
    await page.getByLabel('Email address').fill(email);
    await page.getByLabel('Password', { exact: true }).fill(password);
    await page.getByRole('button', { name: 'Sign in' }).click();
    await expect(page.getByText(sentence)).toBeVisible();
    await expect(page).toHaveURL(/\/sign-in$/);
    await expect(page.getByLabel('Email address')).toHaveValue(email);

    await page.goto('/forgot-password');
    await page.getByLabel('Email address').fill(email);
    await page.getByRole('button', { name: 'Continue' }).click();
    await expect(page.getByText(sentence)).toBeVisible();
    await expect(page).toHaveURL(/\/forgot-password$/);
    await expect(page.getByLabel('Email address')).toHaveValue(email);
    expect(wrong).toEqual([]);
  });
});

test('UX-3: where the cookies were deleted while a form was open, the first try says so and the next one works', async () => {
  for (const [path, typed, then] of [
    ['/forgot-password', [['email', email]], '/forgot-password/method'],
    [
      '/sign-in',
      [
        ['email', email],
        ['password', password],
      ],
      '/account',
    ],
  ] as const) {
    const form = await new PlainBrowser(app.base).form(path, 'name="email"');
    // The same form, from a browser whose cookies are gone.
    const emptied = { origin: app.base, cookie: '' };
    const told = await form.post(typed, form.hidden, emptied);
    expect([told.status, told.location]).toEqual([200, null]);
    expect(told.body).toContain(sentence);
    const [given] = (told.headers['set-cookie'] ?? []).map((line) => line.split(';')[0]);
    const again = await form.post(typed, form.hidden, { origin: app.base, cookie: given ?? '' });
    expect([again.status, again.location]).toEqual([303, then]);
  }
});

test('UX-3: who takes cookies is never told so', async () => {
  const browser = new PlainBrowser(app.base);
  const { location } = await browser.get('/forgot-password/verify');
  const { body } = await browser.get(location ?? '');
  expect(body).toContain('That step needs a fresh start.');
  expect(body).not.toContain(sentence);
  const form = await browser.form('/sign-in', 'name="password"');
  expect(
    await form.post([
      ['email', email],
      ['password', password],
    ]),
  ).toMatchObject({ status: 303, location: '/account' });
});
