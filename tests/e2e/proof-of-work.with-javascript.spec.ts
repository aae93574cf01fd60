import { type OwnApp, startApp } from './own-app';
import { person, query } from './own-people';
import { allIsCalm, manyGuess, proofsUsed } from './proof-of-work';
import { ana, asksBy, codeSentTo, isAccessible, setsPassword, signsIn, typesAddress, typesCode } from './story';
import { expect, test } from './test';

// RL-2: while many guess, a stranger's browser works, and nobody types anything twice.

const password = 'brass otter lantern';
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

test('the whole way: each act is sent after the work, and what was typed arrives', async ({ page }) => {
  const workers: string[] = [];
  const wrong: string[] = [];
  page.on('worker', (worker) => workers.push(worker.url()));
  page.on('pageerror', (error) => wrong.push(error.message));
  page.on('console', (message) => message.type() === 'error' && wrong.push(message.text()));
  await manyGuess(app);
  await typesAddress(page, ana.email);
  const code = await codeSentTo(page, ana.email, () => asksBy(page, 'Email'));
  expect(await proofsUsed(app)).toEqual({ all: 1, unsolved: 0 });

  await typesCode(page, code);
  await expect(page).toHaveURL(/new-password/);
  expect(await proofsUsed(app)).toEqual({ all: 2, unsolved: 0 });

  await setsPassword(page, password);
  await signsIn(page, ana.email, password);
  await expect(page).toHaveURL(/\/account/);
  expect(await proofsUsed(app)).toEqual({ all: 3, unsolved: 0 });
  // A file of this site: the policy allows no blob.
  expect(workers).toHaveLength(3);
  for (const url of workers) expect(url).toMatch(new RegExp(`^${app.base}/_next/static/`));
  expect(wrong).toEqual([]);
});

test('the button says what goes on, and the wrong code is answered as ever', async ({ page }) => {
  await typesAddress(page, ana.email);
  const code = await codeSentTo(page, ana.email, () => asksBy(page, 'Email'));
  await manyGuess(app);
  let answer = (): void => {};
  const held = new Promise<void>((resolve) => {
    answer = resolve;
  });
  let posts = 0;
  await page.route('**/verify', async (route) => {
    if (route.request().method() === 'POST') posts += 1;
    if (posts === 2) await held;
    await route.continue();
  });
  await typesCode(page, code === '000000' ? '000001' : '000000');
  await expect(page.getByRole('button', { name: 'One moment, checking this browser…' })).toBeDisabled();
  await expect(page.getByRole('status').filter({ hasText: 'What you typed is sent by itself.' })).toHaveCount(1);
  await isAccessible(page, true);
  answer();
  await expect(page.getByText('You have 4 tries left.')).toBeVisible();
  await expect(page.getByLabel('Code from the message')).toBeFocused();
  expect(posts).toBe(2);
});

test('sending again by the other channel works alike', async ({ page }) => {
  await typesAddress(page, ana.email);
  await asksBy(page, 'Email');
  await manyGuess(app);
  await codeSentTo(page, ana.phone, () => page.getByRole('button', { name: 'Use text message instead' }).click());
  expect(await proofsUsed(app)).toEqual({ all: 1, unsolved: 0 });
});

test('next-auth’s own route, which can ask for nothing, refuses the right password', async ({ playwright }) => {
  for (const [strain, lands] of [
    [allIsCalm, '/account'],
    [manyGuess, '/sign-in'],
  ] as const) {
    await strain(app);
    const client = await playwright.request.newContext({ baseURL: app.base });
    const { csrfToken } = await (await client.get('/api/auth/csrf')).json();
    await client.post('/api/auth/callback/credentials', {
      headers: { origin: app.base },
      form: { csrfToken, email: ana.email, password: 'a first password', json: 'true' },
    });
    expect(new URL((await client.get('/account')).url()).pathname).toBe(lands);
    await client.dispose();
  }
});

test('below the marks nobody works', async ({ page }) => {
  await allIsCalm(app);
  const workers: string[] = [];
  page.on('worker', (worker) => workers.push(worker.url()));
  await typesAddress(page, ana.email);
  const code = await codeSentTo(page, ana.email, () => asksBy(page, 'Email'));
  await typesCode(page, code);
  await expect(page).toHaveURL(/new-password/);
  expect(workers).toEqual([]);
});

test('where no worker runs, the page waits and sends the code by itself', { tag: '@slow' }, async ({ page }) => {
  test.slow();
  await page.addInitScript(() => Reflect.deleteProperty(window, 'Worker'));
  await typesAddress(page, ana.email);
  const code = await codeSentTo(page, ana.email, () => asksBy(page, 'Email'));
  await manyGuess(app);
  await typesCode(page, code);
  await expect(page).toHaveURL(/new-password/, { timeout: 30_000 });
  expect(await proofsUsed(app)).toEqual({ all: 1, unsolved: 1 });
});
