import type { Page, Route } from '@playwright/test';
import { type OwnApp, startApp } from './own-app';
import { person } from './own-people';
import { codeSentTo, isAccessible } from './story';
import { expect, test } from './test';

// UX-4: the network drops while a form is sent, or a proxy answers in the app's place. The form and what was typed stay.

const email = 'bo@latchkey.test';
const password = 'a first password';
const sentence = 'Nothing was sent: no connection. Try again.';

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

const failures: Record<string, (route: Route) => Promise<void>> = {
  'the network drops': (route) => route.abort('internetdisconnected'),
  'the connection is reset': (route) => route.abort('connectionreset'),
  'a proxy answers 502': (route) =>
    route.fulfill({ status: 502, contentType: 'text/html', body: '<h1>502 Bad Gateway</h1>' }),
  'a proxy answers 504 as text': (route) =>
    route.fulfill({ status: 504, contentType: 'text/plain', body: 'timed out' }),
};

/** Presses while every post fails, then lets them through again. */
async function failsTo(page: Page, press: string, fail: (route: Route) => Promise<void>): Promise<void> {
  const posts = (route: Route) => (route.request().method() === 'POST' ? fail(route) : route.continue());
  await page.route('**/*', posts);
  await page.getByRole('button', { name: press }).click();
  await expect(page.getByRole('alert').filter({ hasText: sentence })).toBeFocused();
  await page.unroute('**/*', posts);
}

for (const [what, fail] of Object.entries(failures))
  test(`UX-4: ${what}: every step keeps what was typed, says so, and works at the next press`, async ({ page }) => {
    await person(app, email, password).catch(() => undefined);
    await page.goto('/forgot-password');
    await page.getByLabel('Email address').fill(email);
    await failsTo(page, 'Continue', fail);
    await expect(page.getByLabel('Email address')).toHaveValue(email);
    await isAccessible(page, true);
    await page.getByRole('button', { name: 'Continue' }).click();
    await expect(page).toHaveURL(/\/method$/);

    await page.getByRole('radio', { name: 'Text message' }).check();
    await failsTo(page, 'Send code', fail);
    await expect(page.getByRole('radio', { name: 'Text message' })).toBeChecked();
    await page.getByRole('radio', { name: 'Email' }).check();
    const code = await codeSentTo(page, email, () => page.getByRole('button', { name: 'Send code' }).click());
    await expect(page).toHaveURL(/\/verify$/);

    await page.getByLabel('Code from the message').fill(code);
    await failsTo(page, 'Verify code', fail);
    await expect(page.getByLabel('Code from the message')).toHaveValue(code);
    await page.getByRole('button', { name: 'Verify code' }).click();
    await expect(page).toHaveURL(/\/new-password$/);

    const next = 'brass otter lantern 7';
    await page.getByLabel('New password').fill(next);
    await page.getByLabel('Repeat it').fill(next);
    await failsTo(page, 'Set new password', fail);
    await expect(page.getByLabel('New password')).toHaveValue(next);
    await expect(page.getByLabel('Repeat it')).toHaveValue(next);
    await page.getByRole('button', { name: 'Set new password' }).click();
    await expect(page).toHaveURL(/\/done$/);

    await page.goto('/sign-in');
    await page.getByLabel('Email address').fill(email);
    await page.getByLabel('Password', { exact: true }).fill(next);
    await failsTo(page, 'Sign in', fail);
    await expect(page.getByLabel('Email address')).toHaveValue(email);
    await expect(page.getByLabel('Password', { exact: true })).toHaveValue(next);
    await page.getByRole('button', { name: 'Sign in' }).click();
    await expect(page).toHaveURL(/\/account$/);

    await failsTo(page, 'Sign out', fail);
    await page.getByRole('button', { name: 'Sign out' }).click();
    await expect(page).toHaveURL(/\/sign-in\?note=signed-out$/);
  });
