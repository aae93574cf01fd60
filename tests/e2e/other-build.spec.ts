import type { Page } from '@playwright/test';
import { PlainBrowser } from '../support/plain-browser';
import { type OwnApp, startApp } from './own-app';
import { person } from './own-people';
import { isAccessible } from './story';
import { expect, test } from './test';

// UPG-2: a form that another build rendered. Here its ids are changed on their way, as another build would have them.

const email = 'bo@latchkey.test';
const scripts = () => test.info().project.name === 'with JavaScript';

let app: OwnApp;
test.use({
  baseURL: async ({ browserName: _any }, use) => {
    app ??= await startApp({ env: { LATCHKEY_DEMO: '1' } });
    await use(app.base);
  },
});
// A whole story, and an app of its own to start.
test.setTimeout(90_000);
test.afterAll(() => app?.stop());

/** The next post names actions that this build does not have. */
async function fromAnotherBuild(page: Page): Promise<void> {
  await page.route(
    '**/*',
    async (route) => {
      const request = route.request();
      if (request.method() !== 'POST') return route.fallback();
      const { 'next-action': id, ...headers } = await request.allHeaders();
      const other = (text: string) => text.replace(/[0-9a-f]{40}/g, (one) => one.replace(/[0-9a-f]{8}$/, 'deadbeef'));
      const postData = request.postDataBuffer()?.toString('latin1') ?? '';
      await route.continue({
        headers: id ? { ...headers, 'next-action': other(id) } : headers,
        postData: id ? (request.postDataBuffer() ?? '') : Buffer.from(other(postData), 'latin1'),
      });
    },
    { times: 1 },
  );
}

async function leadsBack(page: Page): Promise<void> {
  if (scripts())
    await expect(page.getByText('This site was just updated, and nothing was sent.')).toBeVisible({ timeout: 15_000 });
  else {
    await expect(page.getByRole('heading', { name: 'This site was updated' })).toBeVisible();
    await expect(page.getByText('so nothing was sent.')).toBeVisible();
  }
  await isAccessible(page, scripts());
  await page.getByRole('link', { name: 'Open this step again' }).click();
}

test('UPG-2: a form of another build leads to a sentence and the step, with what was typed', async ({ page }) => {
  await person(app, email, 'a first password').catch(() => undefined);
  await page.goto('/sign-in?next=/account');
  await page.getByLabel('Email address').fill(email);
  await page.getByLabel('Password', { exact: true }).fill('a first password');
  await fromAnotherBuild(page);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await leadsBack(page);
  await expect(page).toHaveURL(/\/sign-in\?next=(\/|%2F)account$/);
  await expect(page.getByLabel('Email address')).toHaveValue(email);
  await expect(page.getByLabel('Password', { exact: true })).toHaveValue('');

  await page.goto('/forgot-password');
  await page.getByLabel('Email address').fill('ana.ü@latchkey.test');
  await fromAnotherBuild(page);
  await page.getByRole('button', { name: 'Continue' }).click();
  await leadsBack(page);
  await expect(page).toHaveURL(/\/forgot-password$/);
  await expect(page.getByLabel('Email address')).toHaveValue('ana.ü@latchkey.test');
  await page.getByRole('button', { name: 'Continue' }).click();

  await page.getByRole('radio', { name: 'Text message' }).check();
  await fromAnotherBuild(page);
  await page.getByRole('button', { name: 'Send code' }).click();
  await leadsBack(page);
  await expect(page).toHaveURL(/\/method$/);
  await expect(page.getByRole('radio', { name: 'Text message' })).toBeChecked();
  await page.getByRole('button', { name: 'Send code' }).click();

  await page.getByLabel('Code from the message').fill('123456');
  await fromAnotherBuild(page);
  await page.getByRole('button', { name: 'Verify code' }).click();
  await leadsBack(page);
  await expect(page).toHaveURL(/\/verify$/);
  await expect(page.getByLabel('Code from the message')).toHaveValue('');
});

test('UPG-2: nothing of it is in an address, and the link leads to this site alone', async () => {
  const browser = new PlainBrowser(app.base);
  const { hidden, post } = await browser.form('/forgot-password', 'name="email"');
  const other = hidden.map(
    ([name, value]) => [name, String(value).replace(/[0-9a-f]{40}/g, `${'0'.repeat(32)}deadbeef`)] as const,
  );
  const { status, location, headers } = await post([['email', email]], other);
  expect([status, location]).toEqual([303, '/reload?to=%2Fforgot-password']);
  const cookie = (headers['set-cookie'] ?? []).find((line) => line.includes('latchkey-typed'));
  expect(cookie).toMatch(/; Path=\/; Max-Age=600; HttpOnly; SameSite=lax$/);
  expect(decodeURIComponent(cookie ?? '')).not.toContain('bo@');
  for (const to of ['https://evil.test', '//evil.test', '/\\evil.test', 'javascript:alert(1)'])
    expect((await browser.get(`/reload?to=${encodeURIComponent(to)}`)).body).not.toMatch(
      /href="[^"]*(evil|javascript)/,
    );
});
