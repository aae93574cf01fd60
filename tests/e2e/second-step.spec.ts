import { appShows } from '../support/authenticator-app';
import { providerEnv } from '../support/provider-env';
import { startSmtpServer, type TestSmtpServer } from '../support/smtp-server';
import { resetSecondFactorOf } from './admins';
import { type OwnApp, startApp } from './own-app';
import { person, query } from './own-people';
import { codeSentTo, isAccessible, signsIn } from './story';
import { expect, test } from './test';

// ADM-5: an admin signs in by two steps, with JavaScript and without.

const password = 'brass otter lantern';
const scripts = () => test.info().project.name === 'with JavaScript';
const sessions = (app: OwnApp) => query(app, 'SELECT id FROM "Session" UNION ALL SELECT id FROM "Device"');

test.describe('in a demonstration', () => {
  const email = 'ada@latchkey.test';
  let app: OwnApp;
  test.use({
    baseURL: async ({ browserName: _any }, use) => {
      app ??= await startApp({ env: { LATCHKEY_DEMO: '1' } });
      await use(app.base);
    },
  });
  test.afterAll(() => app?.stop());

  test('the code lies in the local inbox; a wrong one is said to be wrong, and another can be sent', async ({
    page,
  }) => {
    await person(app, email, password);
    await resetSecondFactorOf(app, email);
    const first = await codeSentTo(page, email, () => signsIn(page, email, password));
    await expect(page).toHaveURL(/\/sign-in\/second-step$/);
    await expect(page.getByRole('heading', { name: 'Second step' })).toBeVisible();
    await isAccessible(page, scripts());
    expect(await sessions(app)).toEqual([]);
    // Nobody is in yet.
    await page.goto('/account');
    await expect(page).toHaveURL(/\/sign-in\?next=/);
    await page.goto('/sign-in/second-step');
    await page.getByLabel('Code from the message').fill(first === '00000000' ? '00000001' : '00000000');
    await page.getByRole('button', { name: 'Sign in' }).click();
    await expect(page.getByText('That code is not right.')).toBeVisible();
    await expect(page.getByLabel('Code from the message')).toHaveValue('');
    await isAccessible(page, scripts());
    const again = () => page.getByRole('button', { name: 'Send another code' }).click();
    const second = await codeSentTo(page, email, again);
    await page.getByLabel('Code from the message').fill(second);
    await page.getByRole('button', { name: 'Sign in' }).click();
    await expect(page).toHaveURL(/\/account$/);
    await expect(page.getByText('Administrator')).toBeVisible();
  });

  test('next-auth’s own route, which knows one step, gives an admin nothing', async ({ playwright }) => {
    const client = await playwright.request.newContext({ baseURL: app.base });
    const { csrfToken } = await (await client.get('/api/auth/csrf')).json();
    const before = await sessions(app);
    await client.post('/api/auth/callback/credentials', {
      headers: { origin: app.base },
      form: { csrfToken, email, password, json: 'true' },
    });
    expect(new URL((await client.get('/account')).url()).pathname).toBe('/sign-in');
    expect(await sessions(app)).toEqual(before);
    await client.dispose();
  });
});

test.describe('with real providers', () => {
  const email = 'ada@example.com';
  let app: OwnApp;
  let mail: TestSmtpServer;
  let forget: () => void;
  test.use({
    baseURL: async ({ browserName: _any }, use) => {
      if (!app) {
        mail = await startSmtpServer();
        const provider = providerEnv(mail);
        forget = provider.forget;
        app = await startApp({ env: provider.env });
      }
      await use(app.base);
    },
  });
  test.afterAll(async () => {
    await app?.stop();
    await mail?.close();
    forget?.();
  });

  test('the app is set up with the word, by QR code or key; then its codes and the recovery codes open', async ({
    page,
  }) => {
    test.slow();
    await person(app, email, password);
    const word = await resetSecondFactorOf(app, email);
    await signsIn(page, email, password);
    await expect(page.getByRole('heading', { name: 'Set up your second step' })).toBeVisible();
    await isAccessible(page, scripts());
    const typesWord = async (typed: string) => {
      await page.getByLabel('Enrolment word').fill(typed);
      await page.getByRole('button', { name: 'Continue' }).click();
    };
    await typesWord('not the word');
    await expect(page.getByText('That is not the word, or it was used')).toBeVisible();
    await typesWord(word.toUpperCase());
    await expect(page.getByRole('img', { name: 'QR code for your authenticator app' })).toBeVisible();
    await isAccessible(page, scripts());
    const secret = ((await page.locator('code').textContent()) ?? '').replaceAll(' ', '');
    const typesCode = async (code: string, button: string) => {
      await page.getByLabel('Code from your authenticator app').fill(code);
      await page.getByRole('button', { name: button }).click();
    };
    await typesCode(appShows(secret, new Date()), 'Continue');
    await expect(page.getByRole('heading', { name: 'Keep your recovery codes' })).toBeVisible();
    await isAccessible(page, scripts());
    const recovery = await page.getByRole('listitem').allTextContents();
    expect(recovery).toHaveLength(10);
    expect(await sessions(app)).toEqual([]);
    await page.getByRole('button', { name: 'I have kept them' }).click();
    await expect(page).toHaveURL(/\/account$/);

    await page.getByRole('button', { name: 'Sign out' }).click();
    await signsIn(page, email, password);
    await typesCode(recovery[0] ?? '', 'Sign in');
    await expect(page).toHaveURL(/\/account$/);
    await page.getByRole('button', { name: 'Sign out' }).click();
    await signsIn(page, email, password);
    // The enrolment took the code of its moment.
    await typesCode(appShows(secret, new Date(), 1), 'Sign in');
    await expect(page).toHaveURL(/\/account$/);
    expect(app.log()).not.toContain(secret);
  });

  test('whoever has not typed a password is led to the sign-in', async ({ page }) => {
    await page.goto('/sign-in/second-step');
    await expect(page).toHaveURL(/\/sign-in$/);
  });
});
