import { ana, asksBy, codeSentTo, typesAddress, typesCode } from './story';
import { expect, test } from './test';

test('the switch goes round and stays on the page, its query included', async ({ page }) => {
  await page.goto('/sign-in?next=/account');
  const html = page.locator('html');
  for (const theme of ['light', 'dark'] as const) {
    await page.getByRole('button', { name: /Colours/ }).click();
    await expect(html).toHaveAttribute('data-theme', theme);
    await expect(page).toHaveURL(/\/sign-in\?next=\/account$/);
  }
  await page.getByRole('button', { name: /Colours/ }).click();
  await expect(html).not.toHaveAttribute('data-theme');
  await expect(page.locator('input[name="next"]')).toHaveValue('/account');
});

test('in the middle of a reset, and the code goes on', async ({ page }) => {
  await typesAddress(page, ana.email);
  const code = await codeSentTo(page, ana.email, () => asksBy(page, 'Email'));
  await page.getByRole('button', { name: /Colours/ }).click();
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'light');
  await expect(page).toHaveURL(/verify/);
  await expect(page.getByText('5 tries left')).toBeVisible();
  await typesCode(page, code);
  await expect(page).toHaveURL(/new-password/);
});
