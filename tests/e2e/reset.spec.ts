import { ana, asksBy, codeSentTo, isAccessible, setsPassword, signsIn, typesAddress, typesCode } from './story';
import { expect, test } from './test';

for (const [channel, to] of [
  ['Email', ana.email],
  ['Text message', ana.phone],
] as const) {
  test(`Ana forgot her password and comes back by ${channel}`, async ({ page, javaScriptEnabled }) => {
    const javaScript = javaScriptEnabled !== false;
    const password = `brass otter ${Date.now()}`;
    await page.goto('/sign-in');
    await isAccessible(page, javaScript);
    await page.getByRole('link', { name: /forgot password/i }).click();
    await expect(page).toHaveURL(/\/forgot-password$/);
    await isAccessible(page, javaScript);
    await typesAddress(page, ana.email);
    await isAccessible(page, javaScript);
    const code = await codeSentTo(page, to, () => asksBy(page, channel));
    await isAccessible(page, javaScript);
    await typesCode(page, code);
    await expect(page).toHaveURL(/\/forgot-password\/new-password/);
    await isAccessible(page, javaScript);
    await setsPassword(page, password);
    await isAccessible(page, javaScript);
    await page.getByRole('link', { name: 'Sign in' }).first().click();
    await signsIn(page, ana.email, password);
    await expect(page).toHaveURL(/\/account/);
    await expect(page.getByText(ana.email)).toBeVisible();
    await isAccessible(page, javaScript);
    await page.getByRole('button', { name: 'Sign out' }).click();
    await expect(page).toHaveURL(/\/sign-in/);
    await page.goto('/account');
    await expect(page).toHaveURL(/\/sign-in/);
  });
}

test('a wrong code is answered at the field, and the field is empty again', async ({ page, javaScriptEnabled }) => {
  await typesAddress(page, ana.email);
  const code = await codeSentTo(page, ana.email, () => asksBy(page, 'Email'));
  await typesCode(page, code === '000000' ? '000001' : '000000');
  await expect(page.getByText('You have 4 tries left.')).toBeVisible();
  await expect(page.getByText('4 tries left', { exact: true })).toBeVisible();
  const field = page.getByLabel('Code from the message');
  await expect(field).toHaveValue('');
  await expect(field).toHaveAttribute('aria-invalid', 'true');
  if (javaScriptEnabled !== false) await expect(field).toBeFocused();
  await typesCode(page, `${code.slice(0, 3)} ${code.slice(3)}`);
  await expect(page).toHaveURL(/new-password/);
});

test('the same code comes again by the other channel', async ({ page }) => {
  await typesAddress(page, ana.email);
  const first = await codeSentTo(page, ana.email, () => asksBy(page, 'Email'));
  const second = await codeSentTo(page, ana.phone, () =>
    page.getByRole('button', { name: 'Use text message instead' }).click(),
  );
  expect(second).toBe(first);
  await typesCode(page, second);
  await expect(page).toHaveURL(/new-password/);
});

test('coming in at the middle leads to the beginning, with a sentence', async ({ page }) => {
  for (const step of ['method', 'verify', 'new-password', 'done']) {
    await page.goto(`/forgot-password/${step}`);
    await expect(page).toHaveURL(/\/forgot-password\?/);
    await expect(page.getByText(/needs a fresh start/)).toBeVisible();
  }
});

test('a form of an older tab spends nothing and says so', async ({ page, context }) => {
  await typesAddress(page, ana.email);
  const code = await codeSentTo(page, ana.email, () => asksBy(page, 'Email'));
  const other = await context.newPage();
  await typesAddress(other, 'someone@example.com');
  await typesCode(page, code);
  await expect(page.getByText(/another tab/)).toBeVisible();
  await expect(page).toHaveURL(/\/forgot-password\/method/);
});

test('reloading and going back lead somewhere sensible', async ({ page }) => {
  await typesAddress(page, ana.email);
  const code = await codeSentTo(page, ana.email, () => asksBy(page, 'Email'));
  await page.reload();
  await expect(page.getByLabel('Code from the message')).toBeVisible();
  await page.goto('/forgot-password/method');
  await expect(page).toHaveURL(/\/forgot-password\/verify/);
  await typesCode(page, code);
  await expect(page).toHaveURL(/new-password/);
  await page.goto('/forgot-password/verify');
  await expect(page).toHaveURL(/new-password/);
});

test('an unknown address walks the same way', async ({ page }) => {
  await typesAddress(page, 'nobody@example.com');
  await asksBy(page, 'Email');
  await expect(page.getByText('nobody@example.com')).toBeVisible();
  await typesCode(page, '000000');
  await expect(page.getByText('You have 4 tries left.')).toBeVisible();
});

test('a wrong password and an unknown person get the same sentence', async ({ page }) => {
  for (const email of [ana.email, 'nobody@example.com']) {
    await signsIn(page, email, 'not the password');
    await expect(page.getByText('The email or the password is not right.')).toBeVisible();
    await expect(page.getByLabel('Email')).toHaveValue(email);
    await expect(page.getByLabel('Password', { exact: true })).toHaveValue('');
  }
});
