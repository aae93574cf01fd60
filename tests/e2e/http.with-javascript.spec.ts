import type { Page } from '@playwright/test';
import { ana, asksBy, codeSentTo, isAccessible, setsPassword, signsIn, typesAddress, typesCode } from './story';
import { expect, test } from './test';

async function resets(page: Page, password: string): Promise<void> {
  await typesAddress(page, ana.email);
  await typesCode(page, await codeSentTo(page, ana.email, () => asksBy(page, 'Email')));
  await expect(page).toHaveURL(/new-password/);
  await setsPassword(page, password);
}

test('LOG-4: a cookie kept from before signing out opens nothing', async ({ page, context }) => {
  const password = `brass otter ${Date.now()}`;
  await resets(page, password);
  await signsIn(page, ana.email, password);
  await expect(page).toHaveURL(/\/account/);
  const kept = await context.cookies();
  expect(kept.find((cookie) => cookie.name.endsWith('session'))).toMatchObject({
    httpOnly: true,
    sameSite: 'Lax',
    path: '/',
  });
  await page.getByRole('button', { name: 'Sign out' }).click();
  await expect(page).toHaveURL(/\/sign-in/);
  await context.addCookies(kept);
  await page.goto('/account');
  await expect(page).toHaveURL(/\/sign-in/);
});

test('POST-1: two browsers that were signed in are out after a reset', async ({ browser, page }) => {
  const password = `brass otter ${Date.now()}`;
  await resets(page, password);
  const others = await Promise.all([browser.newContext(), browser.newContext()]);
  const pages = await Promise.all(others.map((other) => other.newPage()));
  for (const other of pages) {
    await signsIn(other, ana.email, password);
    await expect(other).toHaveURL(/\/account/);
  }
  await resets(page, `${password} again`);
  for (const other of pages) {
    await other.goto('/account');
    await expect(other).toHaveURL(/\/sign-in/);
  }
});

test('next-auth’s own route goes through the same door', async ({ page, playwright, baseURL }) => {
  const password = `brass otter ${Date.now()}`;
  await resets(page, password);
  for (const [typed, lands] of [
    ['not the password', /\/sign-in/],
    [password, /\/account/],
  ] as const) {
    const client = await playwright.request.newContext({ baseURL: baseURL ?? '' });
    const { csrfToken } = await (await client.get('/api/auth/csrf')).json();
    await client.post('/api/auth/callback/credentials', {
      headers: { origin: baseURL ?? '' },
      form: { csrfToken, email: ana.email, password: typed, json: 'true' },
    });
    expect((await client.get('/account')).url()).toMatch(lands);
    // Scripts learn that there is a session, never its token: the cookie is HttpOnly for that reason.
    const session = await (await client.get('/api/auth/session')).json();
    expect(Object.keys(session)).toEqual(typed === password ? ['expires'] : []);
    await client.dispose();
  }
});

test('a garbled or foreign cookie is no flow and no session, and no error', async ({ page, context, baseURL }) => {
  for (const value of ['x', 'Fe26.2*1*2*3*4', 'a'.repeat(3_000), '%00', '{"email":"ana@latchkey.test"}'])
    for (const path of ['/forgot-password/verify', '/account', '/sign-in/second-step']) {
      await context.addCookies(
        ['latchkey-flow', 'latchkey-session', 'latchkey-device', 'latchkey-second-step'].map((name) => ({
          name,
          value: encodeURIComponent(value),
          url: baseURL ?? '',
        })),
      );
      const answer = await page.goto(path);
      expect(answer?.status()).toBe(200);
      await expect(page).toHaveURL(path === '/forgot-password/verify' ? /\/forgot-password\?/ : /\/sign-in/);
    }
});

test('hostile fields get a sentence, never a 500, and change nothing', async ({ page }) => {
  await page.goto('/forgot-password');
  for (const typed of [
    '',
    'ana',
    '"ana@evil.test"@latchkey.test',
    'ana＠latchkey.test',
    `${'a'.repeat(320)}@x.test`,
    'a'.repeat(100_000),
  ]) {
    await page.getByLabel('Email address').fill(typed);
    await page.getByRole('button', { name: 'Continue' }).click();
    await expect(page.getByRole('alert').filter({ hasText: /\w/ })).toBeVisible();
    await expect(page).toHaveURL(/\/forgot-password$/);
  }
});

test('the switch keeps its colours across pages, and every other page is accessible in both', async ({ page }) => {
  for (const theme of ['light', 'dark']) {
    await page.goto('/');
    await page.getByRole('button', { name: /Colours/ }).click();
    await expect(page.locator('html')).toHaveAttribute('data-theme', theme);
    for (const path of ['/', '/no-such-page', '/sign-in', '/forgot-password']) {
      await page.goto(path);
      await expect(page.locator('html')).toHaveAttribute('data-theme', theme);
      await isAccessible(page, true);
    }
  }
});

test('by keyboard alone: from the address to the code', async ({ page }) => {
  await page.goto('/forgot-password');
  await page.getByLabel('Email address').focus();
  await page.keyboard.type(ana.email);
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/method/);
  await page.getByRole('radio', { name: 'Email' }).focus();
  await page.keyboard.press('ArrowDown');
  await expect(page.getByRole('radio', { name: 'Text message' })).toBeChecked();
  const code = await codeSentTo(page, ana.phone, () => page.keyboard.press('Enter'));
  await expect(page).toHaveURL(/verify/);
  await page.getByLabel('Code from the message').focus();
  await page.keyboard.type(code);
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/new-password/);
});
