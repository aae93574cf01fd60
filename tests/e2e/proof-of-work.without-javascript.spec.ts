import { type OwnApp, startApp } from './own-app';
import { person, query } from './own-people';
import { manyGuess, proofsUsed } from './proof-of-work';
import { ana, asksBy, codeSentTo, isAccessible, typesAddress, typesCode } from './story';
import { expect, test } from './test';

// RL-2, UX-3: without scripts nobody works; they wait for 20 seconds and try again.

let app: OwnApp;

// Not in beforeAll: the browser wants to know its base before that runs.
test.use({
  baseURL: async ({ browserName: _any }, use) => {
    app ??= await startApp({ env: { LATCHKEY_DEMO: '1' } });
    await use(app.base);
  },
});
test.afterAll(() => app?.stop());
test.beforeEach(async () => {
  await query(app, 'TRUNCATE "User", "InboxMessage", "Counter" CASCADE');
  await person(app, ana.email, 'a first password', ana.phone);
});

test('the code passes after the wait, and not before; no try is spent meanwhile', { tag: '@slow' }, async ({
  page,
}) => {
  // The wait is a real one.
  test.slow();
  await typesAddress(page, ana.email);
  const code = await codeSentTo(page, ana.email, () => asksBy(page, 'Email'));
  await manyGuess(app);
  await typesCode(page, code);
  const said = page.locator('#code-error');
  await expect(said).toHaveText(
    'Much is asked for or goes wrong at this moment, so each browser is checked first. Wait 20 seconds, then try again.',
  );
  const asked = Date.now();
  await expect(page.getByText('5 tries left')).toBeVisible();
  await expect(page.getByLabel('Code from the message')).toHaveValue('');
  await isAccessible(page, false);

  await page.waitForTimeout(3_000);
  await typesCode(page, code);
  await expect(said).toHaveText(/Wait (1[0-7]) seconds, then try again\.$/);
  await expect(page.getByText('5 tries left')).toBeVisible();
  expect(await proofsUsed(app)).toEqual({ all: 0, unsolved: 0 });

  await page.waitForTimeout(Math.max(0, asked + 20_500 - Date.now()));
  await typesCode(page, code);
  await expect(page).toHaveURL(/new-password/);
  expect(await proofsUsed(app)).toEqual({ all: 1, unsolved: 1 });
});

test('every form says so, for an address that nobody has as for another', async ({ page }) => {
  await manyGuess(app);
  const sentence = /so each browser is checked first\. Wait \d+ seconds, then try again\.$/;
  for (const email of [ana.email, 'nobody@latchkey.test']) {
    await typesAddress(page, email);
    await page.getByRole('radio', { name: 'Email' }).check({ force: true });
    await page.getByRole('button', { name: 'Send code' }).click();
    await expect(page.locator('#channel-error')).toHaveText(sentence);
    await page.goto('/sign-in');
    await page.getByLabel('Email').fill(email);
    await page.getByLabel('Password', { exact: true }).fill('a first password');
    await page.getByRole('button', { name: 'Sign in' }).click();
    await expect(page.getByRole('alert')).toHaveText(sentence);
    await expect(page.getByLabel('Email')).toHaveValue(email);
  }
  expect(await query(app, 'SELECT id FROM "Challenge"')).toEqual([]);
});
